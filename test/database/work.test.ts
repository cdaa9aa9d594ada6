import { beforeAll, describe, expect, test } from "vitest";
import type { PersonInSession } from "#lib/auth/find-actor.ts";
import type { Actor } from "#lib/domain/actor.ts";
import { DAY, HOUR } from "#lib/domain/time.ts";
import { pool } from "#lib/db/pool.ts";
import { contentDigest } from "#lib/db/content-digest.ts";
import { itemsChangedSinceLook } from "#lib/queries/changes-since-look.ts";
import { listComments } from "#lib/queries/list-comments.ts";
import { listDeploymentPeople } from "#lib/queries/deployment-people.ts";
import { listDeploymentEvents } from "#lib/queries/list-events.ts";
import { listDeployments } from "#lib/queries/list-deployments.ts";
import { listMine } from "#lib/queries/list-mine.ts";
import { getDeployment } from "#lib/queries/get-deployment.ts";
import { assignItems, setItemsDue } from "#lib/services/assignments.ts";
import { rejectApproval } from "#lib/services/approvals.ts";
import { settleItem } from "#lib/services/checklist-items.ts";
import { recordLook } from "#lib/services/looks.ts";
import { addComment, deleteComment, editComment } from "#lib/services/comments.ts";
import { removeDeploymentContent } from "#lib/services/retention.ts";
import { cancelDeployment } from "#lib/services/rollback.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import { moveClock } from "#test/support/database.ts";
import {
  inSession,
  load,
  makePerson,
  makeTeam,
  openRecord,
  PASSWORD,
  refusalOf,
  sign,
  toSignOff,
  type Team,
} from "#test/support/factories.ts";
import { retainSince } from "#test/support/retention.ts";

let team: Team;
let admin: PersonInSession;

beforeAll(async () => {
  team = await makeTeam();
  admin = await inSession(await makePerson("admin", null));
});

const assign = async (actor: Actor, deploymentId: string, items: string[], ownerId: string | null) =>
  assignItems(actor, { deploymentId, items, ownerId });
const say = async (actor: Actor, deploymentId: string, text: string, item: string | null = null) =>
  addComment(actor, { deploymentId, item, text, mentions: [] });

describe("owners", () => {
  test("approvals stay valid when owners, dates and comments come", async () => {
    const id = await openRecord(team);
    await toSignOff(team, id);
    await sign(id, team.engineeringLead, "engineering-lead");
    await assign(team.lead, id, ["cdn", "run-migrations"], team.engineer.id);
    await setItemsDue(team.lead, { deploymentId: id, items: ["cdn"], dueAt: "2030-01-01T00:00:00.000Z" });
    await say(team.sre, id, "Looks good.");
    expect((await load(id)).approvals.map(({ voided }) => voided)).toEqual([null]);
  });

  test("an owner is somebody who settles items there, and an engineer gives nobody's work away", async () => {
    const id = await openRecord(team);
    const stranger = await makeTeam();
    for (const { id: owner } of [team.auditor, team.sre, stranger.engineer])
      expect(await refusalOf(assign(team.lead, id, ["cdn"], owner))).toBe("invalid-input");
    await assign(team.lead, id, ["cdn"], team.engineer2.id);
    expect(await refusalOf(assign(team.engineer, id, ["cdn"], team.lead.id))).toBe("forbidden");
    expect(await refusalOf(assign(team.engineer, id, ["cdn"], null))).toBe("forbidden");
    await assign(team.engineer, id, ["cdn"], team.engineer.id);
    expect((await load(id)).owners).toEqual({ cdn: { id: team.engineer.id, name: team.engineer.name } });
  });

  test("the history of an item has what was done to it among others", async () => {
    const id = await openRecord(team);
    await assign(team.lead, id, ["cdn", "mtls-enabled"], team.engineer.id);
    await assign(team.engineer, id, ["cdn"], null);
    await say(team.engineer, id, "Not mine.", "cdn");
    const { events } = await listDeploymentEvents(team.lead, id, { item: "cdn", limit: 10 });
    expect(events.map(({ predicate }) => predicate)).toEqual([
      "commented on “CDN configured and tested (CloudFlare/Fastly)”",
      "left “CDN configured and tested (CloudFlare/Fastly)” without an owner",
      `assigned 2 items to ${team.engineer.name}`,
    ]);
  });
});

describe("comments", () => {
  test("who was named is told by name; who may not see the record cannot be named", async () => {
    const id = await openRecord(team);
    const mentions = [team.product.id];
    await addComment(team.sre, { deploymentId: id, item: "cdn", text: "@product?", mentions });
    const stranger = { deploymentId: id, item: null, text: "@x", mentions: [(await makeTeam()).lead.id] };
    expect(await refusalOf(addComment(team.sre, stranger))).toBe("invalid-input");
    expect((await listComments(team.product, id, { item: "cdn", limit: 10 })).comments).toMatchObject([
      { text: "@product?", mentions: [{ id: team.product.id, name: team.product.name }], mayEdit: false },
    ]);
    const named = await listDeploymentPeople(team.sre, id);
    expect(named.filter(({ mayOwn }) => mayOwn).map((person) => person.id)).toEqual(
      expect.arrayContaining([team.lead.id, team.engineer.id, team.engineer2.id]),
    );
    expect(named.map((person) => person.id)).toContain(team.auditor.id);
    expect(await refusalOf(listComments((await makeTeam()).lead, id, { limit: 10 }))).toBe("not-found");
  });

  test("they are read page by page, newest first, each place by itself", async () => {
    const id = await openRecord(team);
    for (const text of ["1", "2", "3"]) await say(team.engineer, id, text);
    await say(team.engineer, id, "elsewhere", "cdn");
    const first = await listComments(team.engineer, id, { limit: 2 });
    const second = await listComments(team.engineer, id, { limit: 2, cursor: first.nextCursor ?? undefined });
    const texts = [...first.comments, ...second.comments].map(({ text }) => text);
    expect([texts, second.nextCursor]).toEqual([["3", "2", "1"], null]);
    const view = await getDeployment(team.engineer, id);
    const item = view.phases[0]?.sections.flatMap(({ items }) => items).find(({ key }) => key === "cdn");
    expect([view.comments, item?.comments]).toEqual([3, 1]);
  });

  test("what was edited and deleted still stands in the history, and all of it verifies", async () => {
    const id = await openRecord(team);
    const commentId = await say(team.engineer, id, "first wording");
    await editComment(team.engineer, { deploymentId: id, commentId, text: "second wording", mentions: [] });
    await deleteComment(team.lead, { deploymentId: id, commentId });
    expect((await listComments(team.engineer, id, { limit: 10 })).comments).toMatchObject([
      { text: null, deleted: { by: { name: team.lead.name } }, mayEdit: false, mayDelete: false },
    ]);
    const { events } = await listDeploymentEvents(team.engineer, id, { limit: 3 });
    expect(events.map(({ remark }) => remark)).toEqual([null, "second wording", "first wording"]);
    expect((await verifyHistory()).flaws).toEqual([]);
  });

  test("they go with the content of their record", async () => {
    await retainSince(admin, 30, 365);
    moveClock(-400 * DAY);
    const id = await openRecord(team);
    await assign(team.lead, id, ["cdn"], team.engineer.id);
    await say(team.engineer, id, "Nadia said so.");
    await cancelDeployment(team.lead, { deploymentId: id, reason: "Not needed." });
    moveClock(0);
    await removeDeploymentContent(admin, { deploymentId: id });
    const { rows } = await pool().query("SELECT FROM comments WHERE deployment_id = $1", [id]);
    expect(rows).toEqual([]);
    expect(await refusalOf(say(team.engineer, id, "Still here?"))).toBe("content-removed");
    expect((await verifyHistory()).flaws).toEqual([]);
  });
});

describe("mine", () => {
  test("my open items over all deployments, the nearest date first; ended and foreign ones are left out", async () => {
    const someone = await makeTeam();
    const [soon, later, over] = [
      await openRecord(someone, { deploymentAt: new Date(Date.now() + DAY).toISOString() }),
      await openRecord(someone, { deploymentAt: new Date(Date.now() + 2 * DAY).toISOString() }),
      await openRecord(someone),
    ];
    await assign(someone.lead, later, ["cdn", "run-migrations"], someone.engineer.id);
    await assign(someone.lead, soon, ["cdn", "mtls-enabled"], someone.engineer.id);
    await settleItem(someone.engineer, soon, { item: "mtls-enabled", to: "done" });
    await assign(someone.lead, over, ["cdn"], someone.engineer.id);
    await cancelDeployment(someone.lead, { deploymentId: over, reason: "Not needed." });
    const { items, more } = await listMine(someone.engineer);
    expect([items.map(({ deploymentId, item, current }) => [deploymentId, item, current]), more]).toEqual([
      [
        [soon, "cdn", true],
        [later, "cdn", true],
        [later, "run-migrations", false],
      ],
      false,
    ]);
    expect((await listMine(someone.engineer2)).items).toEqual([]);
    const board = async (actor: Actor) =>
      (await listDeployments(actor, { mine: true, limit: 10 })).rows.map(({ id }) => id);
    await assign(someone.lead, later, ["mtls-enabled"], someone.engineer2.id);
    expect(await board(someone.engineer2)).toEqual([later]);
    const dated = await listDeployments(someone.lead, {
      from: new Date(Date.now() + 1.5 * DAY).toISOString(),
      to: new Date(Date.now() + 3 * DAY).toISOString(),
      limit: 10,
    });
    expect(dated.rows.map(({ id }) => id)).toEqual([later]);
  });

  test("a rejection awaits its team lead's answer, broken glass whoever had no hand in it", async () => {
    const someone = await makeTeam();
    const id = await openRecord(someone);
    await toSignOff(someone, id);
    await rejectApproval(someone.engineeringLead, {
      deploymentId: id,
      role: "engineering-lead",
      digest: contentDigest(await load(id)),
      proof: { kind: "password", password: PASSWORD },
      reason: "No.",
    });
    expect((await listMine(someone.lead)).awaited).toMatchObject([{ id, awaits: "answer" }]);
    expect((await listMine(someone.engineer)).awaited).toEqual([]);
  });

  test("what others did to an item since my last look is told at the next visit", async () => {
    const id = await openRecord(team);
    await recordLook(team.engineer, { deploymentId: id, seq: 1 });
    expect(await itemsChangedSinceLook(team.engineer, id)).toEqual({});
    await settleItem(team.engineer2, id, { item: "mtls-enabled", to: "done" });
    await settleItem(team.engineer, id, { item: "firewall-rules", to: "done" });
    await assign(team.lead, id, ["cdn"], team.engineer.id);
    moveClock(HOUR);
    const changed = await itemsChangedSinceLook(team.engineer, id);
    moveClock(0);
    expect(Object.keys(changed)).toEqual(["cdn", "mtls-enabled"]);
    expect(changed["mtls-enabled"]).toContain(`${team.engineer2.name} ticked`);
  });
});
