import { beforeEach, expect, test } from "vitest";
import { prisma } from "#lib/db/prisma.ts";
import { viewTeamNotifications } from "#lib/queries/team-notifications.ts";
import { setLegalHold, liftLegalHold } from "#lib/services/legal-holds.ts";
import { changeReminders } from "#lib/services/reminders.ts";
import { configureChecks, freeRepository } from "#lib/services/service-checks.ts";
import { changeTeamDuties } from "#lib/services/teams.ts";
import { addWebhook, changeWebhook } from "#lib/services/webhooks.ts";
import {
  eventTypes,
  inSession,
  load,
  makePerson,
  makeTeam,
  openRecord,
  refusalOf,
  type Team,
} from "#test/support/factories.ts";
import { INSTALLATION_ID } from "#lib/db/change-installation.ts";

let team: Team;

beforeEach(async () => {
  team = await makeTeam();
});

test("one duty that is restored leaves the others as somebody else has set them since", async () => {
  const admin = await inSession(await makePerson("admin", null));
  const relaxed = { openerMaySign: true, deployerMaySign: true, mayHoldSeveralRoles: false };
  await changeTeamDuties(admin, { teamId: team.id, ...relaxed });
  await changeTeamDuties(admin, { teamId: team.id, openerMaySign: false });
  await changeTeamDuties(admin, { teamId: team.id, deployerMaySign: false });
  expect(await prisma().team.findUniqueOrThrow({ where: { id: team.id } })).toMatchObject({
    openerMaySign: false,
    deployerMaySign: false,
    mayHoldSeveralRoles: false,
  });
  const before = await eventTypes(INSTALLATION_ID);
  await changeTeamDuties(admin, { teamId: team.id, deployerMaySign: false });
  expect(await eventTypes(INSTALLATION_ID)).toEqual(before);
});

test("a webhook that is called otherwise tells of what somebody else has chosen since", async () => {
  const lead = await inSession(team.lead);
  const url = "https://hooks.example.com/1";
  await addWebhook(lead, { teamId: team.id, kind: "slack", name: "Chat", url, news: ["turn"] });
  const { id: webhookId } = await prisma().teamWebhook.findFirstOrThrow({ where: { teamId: team.id } });
  await changeWebhook(lead, { webhookId, news: ["turn", "rollback"] });
  await changeWebhook(lead, { webhookId, name: "#deployments" });
  const { webhooks } = await viewTeamNotifications(lead, team.id);
  expect(webhooks).toMatchObject([{ name: "#deployments", news: ["turn", "rollback"] }]);
  const before = await eventTypes(INSTALLATION_ID);
  await changeWebhook(lead, { webhookId });
  expect(await eventTypes(INSTALLATION_ID)).toEqual(before);
});

test("a reminder that is moved leaves when the leads are told, and still comes before it", async () => {
  const { id: teamId } = team;
  await changeReminders(team.lead, { teamId, remindAfterHours: 4, escalateAfterHours: 24 });
  await changeReminders(team.lead, { teamId, escalateAfterHours: 8 });
  await changeReminders(team.lead, { teamId, remindAfterHours: 2 });
  const hours = { remindAfterHours: 2, escalateAfterHours: 8 };
  expect(await viewTeamNotifications(team.lead, teamId)).toMatchObject(hours);
  expect(await refusalOf(changeReminders(team.lead, { teamId, remindAfterHours: 8 }))).toBe("invalid-input");
  expect(await viewTeamNotifications(team.lead, teamId)).toMatchObject(hours);
});

test("the legal hold that was shown is lifted, and none that came after it", async () => {
  const deploymentId = await openRecord(team);
  const auditor = await inSession(team.auditor);
  const hold = async (reason: string) => {
    await setLegalHold(auditor, { deploymentId, reason });
    return (await load(deploymentId)).legalHold?.at;
  };
  const setAt = await hold("A first claim");
  await liftLegalHold(auditor, { deploymentId, reason: "Settled", setAt });
  await hold("A second claim");
  const late = liftLegalHold(auditor, { deploymentId, reason: "Settled", setAt });
  expect(await refusalOf(late)).toBe("conflict");
  expect((await load(deploymentId)).legalHold?.reason).toBe("A second claim");
});

test("the repository that was shown is freed, and none that was named after it", async () => {
  const { service } = await load(await openRecord(team));
  const named = async (repository: string) => {
    const github = { repository, environment: "production" };
    await configureChecks(team.lead, { serviceId: service.id, checks: { github } });
    return github;
  };
  const admin = await makePerson("admin", null);
  const shown = await named("acme/before-moving");
  const now = await named("acme/after-moving");
  const free = { serviceId: service.id, reason: "It is not theirs" };
  expect(await refusalOf(freeRepository(admin, { ...free, shown }))).toBe("conflict");
  expect(await prisma().service.findUniqueOrThrow({ where: { id: service.id } })).toMatchObject({
    checks: { github: now },
  });
  await freeRepository(admin, { ...free, shown: now });
});
