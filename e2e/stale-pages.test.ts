import { randomUUID } from "node:crypto";
import { prisma } from "#lib/db/prisma.ts";
import { setLegalHold } from "#lib/services/legal-holds.ts";
import { changeReminders } from "#lib/services/reminders.ts";
import { changeTeamDuties, createTeam } from "#lib/services/teams.ts";
import { changeWebhook } from "#lib/services/webhooks.ts";
import { inSession, makePerson } from "#test/support/factories.ts";
import { everybody, openRecord } from "./support/records.ts";
import { expect, test } from "./support/test.ts";

test("a page opened before undoes nothing that somebody else has changed since", async ({ signInAs }) => {
  const admin = await inSession(await makePerson("admin", null));
  const name = `Team ${randomUUID().slice(0, 8)}`;
  const teamId = await createTeam(admin, { name });
  await changeTeamDuties(admin, { teamId, openerMaySign: true, deployerMaySign: true });
  const page = await signInAs("admin@demo.test");
  await page.goto("/people");
  await page.getByRole("button", { name: `Opener does not sign, ${name}: off` }).click();
  await changeTeamDuties(admin, { teamId, deployerMaySign: false });
  await page.getByRole("button", { name: "Turn it on" }).click();
  await expect(page.getByRole("button", { name: `Opener does not sign, ${name}: on` })).toBeVisible();
  await expect(page.getByRole("button", { name: `Deployer does not sign, ${name}: on` })).toBeVisible();

  await page.goto(`/team-notifications?team=${teamId}`);
  await page.getByRole("button", { name: "Add a webhook" }).click();
  await page.getByLabel("Name").fill("Chat");
  await page.getByLabel("Address").fill("https://hooks.example.com/1");
  await page.getByRole("button", { name: "Add the webhook" }).click();
  await page.getByRole("button", { name: "Change Chat" }).click();
  const { id: webhookId } = await prisma().teamWebhook.findFirstOrThrow({ where: { teamId, name: "Chat" } });
  await changeWebhook(admin, { webhookId, news: ["rollback"] });
  await changeReminders(admin, { teamId, escalateAfterHours: 48 });
  await page.getByLabel("Name").fill("#deployments");
  await page.getByRole("button", { name: "Change it" }).click();
  await expect(page.getByText("#deployments")).toBeVisible();
  await page.getByLabel("Remind approvers after, in hours").fill("6");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved").first()).toBeVisible();
  expect(await prisma().team.findUniqueOrThrow({ where: { id: teamId } })).toMatchObject({
    remindAfterHours: 6,
    escalateAfterHours: 48,
  });
  expect(await prisma().teamWebhook.findUniqueOrThrow({ where: { id: webhookId } })).toMatchObject({
    name: "#deployments",
    news: ["rollback"],
  });
});

test("whoever holds a record is told of the hold that came first", async ({ signInAs }) => {
  const { id } = await openRecord();
  const { "admin@demo.test": admin } = await everybody();
  const page = await signInAs("auditor@demo.test");
  await page.goto(`/deployments/${id}`);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Set a legal hold…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox").fill("Another claim");
  await setLegalHold(admin, { deploymentId: id, reason: "A claim" });
  await dialog.getByRole("button", { name: "Set the legal hold" }).click();
  await expect(dialog.getByText("A legal hold stands already")).toBeVisible();
});
