import { beforeAll, expect, test } from "vitest";
import { pool } from "#lib/db/pool.ts";
import { countUnread, listNotifications } from "#lib/queries/list-notifications.ts";
import { assignItems } from "#lib/services/assignments.ts";
import { addComment, deleteComment, editComment } from "#lib/services/comments.ts";
import { fanOut } from "#lib/services/fan-out.ts";
import { chooseWay, markNotifications } from "#lib/services/notifications.ts";
import { completePhase, reopenPhase, startPhase } from "#lib/services/phases.ts";
import { triggerRollback } from "#lib/services/rollback.ts";
import {
  finishPhase,
  makePerson,
  makeTeam,
  openRecord,
  settlePhase,
  sign,
  signAll,
  toSignOff,
  type Team,
} from "#test/support/factories.ts";

let team: Team;

beforeAll(async () => {
  team = await makeTeam();
});

type Person = Team["lead"];

async function told(person: Person): Promise<readonly string[]> {
  await fanOut();
  const { notifications } = await listNotifications(person, { limit: 100 });
  return notifications.map(({ sentence }) => sentence).toReversed();
}

test("each signer is told of their turn once, and the owners of each approval", async () => {
  const id = await openRecord(team);
  await finishPhase(team, id, "pre-deployment");
  await settlePhase(team, id, "final-checks");
  expect(await told(team.engineeringLead)).toEqual([]);
  await completePhase(team.engineer, { deploymentId: id, phase: "final-checks" });
  expect(await told(team.engineeringLead)).toEqual(["It is your turn to sign as Engineering Lead."]);
  expect(await told(team.sre)).toEqual([]);
  await sign(id, team.engineeringLead, "engineering-lead");
  expect(await told(team.sre)).toEqual(["It is your turn to sign as DevOps/SRE."]);
  expect(await told(team.engineeringLead)).toHaveLength(1);
  expect(await told(team.lead)).toEqual([`${team.engineeringLead.name} approved as Engineering Lead.`]);
  expect(await told(team.engineer)).toHaveLength(1);
  expect(await told(team.engineer2)).toEqual([]);
  const { rows } = await pool().query("SELECT FROM outbox WHERE fanned_out_at IS NULL");
  expect(rows).toEqual([]);
});

test("reopening voids what was signed: its signers, the opener and the deployer hear of it, and of their turn again", async () => {
  const own = await makeTeam();
  const id = await openRecord(own);
  await toSignOff(own, id);
  await sign(id, own.engineeringLead, "engineering-lead");
  await reopenPhase(own.lead, { deploymentId: id, phase: "final-checks", reason: "Look again." });
  expect(await told(own.engineeringLead)).toEqual([
    "It is your turn to sign as Engineering Lead.",
    `${own.lead.name} reopened Final checks.`,
  ]);
  // Their own doing is no news to them.
  expect(await told(own.lead)).toEqual([`${own.engineeringLead.name} approved as Engineering Lead.`]);
  await completePhase(own.engineer, { deploymentId: id, phase: "final-checks" });
  expect((await told(own.engineeringLead)).at(-1)).toBe("It is your turn to sign as Engineering Lead.");
});

test("what was refused or rolled back tells nobody", async () => {
  const own = await makeTeam();
  const id = await openRecord(own);
  await expect(startPhase(own.engineer, { deploymentId: id, phase: "deployment" })).rejects.toThrow();
  const { rows } = await pool().query("SELECT FROM outbox WHERE deployment_id = $1", [id]);
  expect(rows).toEqual([]);
});

test("one chooses per kind; a kind that is off is not shown", async () => {
  const own = await makeTeam();
  await chooseWay(own.sre, { kind: "rollback", way: "off" });
  await chooseWay(own.security, { kind: "rollback", way: "digest" });
  const id = await openRecord(own);
  await toSignOff(own, id);
  await signAll(own, id);
  await startPhase(own.engineer, { deploymentId: id, phase: "deployment" });
  await triggerRollback(own.engineer, { deploymentId: id, reason: "502s." });
  const sentence = `${own.engineer.name} triggered the rollback.`;
  expect(await told(own.sre)).not.toContain(sentence);
  expect(await told(own.security)).toContain(sentence);
  expect(await told(own.product)).toContain(sentence);
  const { rows } = await pool().query(
    "SELECT person_id FROM notifications n JOIN outbox o ON o.id = n.outbox_id WHERE n.awaits_digest AND o.deployment_id = $1",
    [id],
  );
  expect(rows).toEqual([{ person_id: own.security.id }]);
});

test("reading is one's own: another's notifications stay as they are, and one page follows another", async () => {
  const own = await makeTeam();
  for (const service of ["a", "b", "c"]) await toSignOff(own, await openRecord(own, { service }));
  const { notifications } = await (await told(own.engineeringLead),
  listNotifications(own.engineeringLead, { limit: 2 }));
  const [first, second] = notifications;
  expect(await countUnread(own.engineeringLead)).toBe(3);
  await markNotifications(own.sre, { ids: notifications.map(({ id }) => id), read: true });
  expect(await countUnread(own.engineeringLead)).toBe(3);
  await markNotifications(own.engineeringLead, { ids: [first?.id ?? ""], read: true });
  expect(await countUnread(own.engineeringLead)).toBe(2);
  const unread = await listNotifications(own.engineeringLead, { unread: true, limit: 1 });
  expect(unread.notifications.map(({ id }) => id)).toEqual([second?.id]);
  const rest = await listNotifications(own.engineeringLead, {
    unread: true,
    cursor: unread.nextCursor ?? "",
    limit: 1,
  });
  expect(rest.notifications).toHaveLength(1);
  expect(rest.nextCursor).toBeNull();
  await markNotifications(own.engineeringLead, { ids: null, read: true });
  expect(await countUnread(own.engineeringLead)).toBe(0);
  await markNotifications(own.engineeringLead, { ids: [first?.id ?? ""], read: false });
  expect(await countUnread(own.engineeringLead)).toBe(1);
});

test("whoever left the team no longer sees what they were told of it", async () => {
  const own = await makeTeam();
  const other = await makePerson("security", (await makeTeam()).id);
  await toSignOff(own, await openRecord(own));
  await told(own.engineeringLead);
  const moved = { ...own.engineeringLead, grants: other.grants };
  expect((await listNotifications(moved, { limit: 10 })).notifications).toEqual([]);
  expect(await countUnread(moved)).toBe(0);
});

test("who gets items, and who is named in a comment, is told with the way to it", async () => {
  const own = await makeTeam();
  const id = await openRecord(own);
  await assignItems(own.lead, { deploymentId: id, items: ["cdn"], ownerId: own.engineer2.id });
  await assignItems(own.lead, { deploymentId: id, items: ["cdn"], ownerId: null });
  await addComment(own.lead, { deploymentId: id, item: null, text: "Look.", mentions: [own.security.id] });
  await addComment(own.lead, { deploymentId: id, item: "cdn", text: "Nobody named.", mentions: [] });
  await fanOut();
  const [assigned, ...others] = (await listNotifications(own.engineer2, { limit: 9 })).notifications;
  expect(others).toEqual([]);
  expect(assigned).toMatchObject({ kind: "assigned", href: `/deployments/${id}#item-cdn` });
  const [mention, ...more] = (await listNotifications(own.security, { limit: 9 })).notifications;
  expect(more).toEqual([]);
  expect(mention).toMatchObject({ kind: "mention", remark: "Look.", href: `/deployments/${id}` });
});

test("a comment that was deleted is told of no longer", async () => {
  const own = await makeTeam();
  const id = await openRecord(own);
  const comment = { deploymentId: id, item: null, text: "Not for long.", mentions: [own.security.id] };
  const commentId = await addComment(own.lead, comment);
  expect(await told(own.security)).toHaveLength(1);
  await deleteComment(own.lead, { deploymentId: id, commentId });
  expect(await told(own.security)).toEqual([]);
  expect(await countUnread(own.security)).toBe(0);
});

test("whoever an edit names is told, each once, and nothing that was told is taken back", async () => {
  const own = await makeTeam();
  const id = await openRecord(own);
  const comment = { deploymentId: id, item: null, text: "Look.", mentions: [own.security.id] };
  const commentId = await addComment(own.lead, comment);
  const edit = async (text: string, ...people: readonly Person[]) =>
    editComment(own.lead, { deploymentId: id, commentId, text, mentions: people.map((person) => person.id) });
  await edit("Look, both.", own.security, own.sre);
  const edited = `${own.lead.name} edited a comment.`;
  expect(await told(own.sre)).toEqual([edited]);
  expect(await told(own.security)).toEqual([`${own.lead.name} commented.`]);
  await edit("Look.", own.security);
  await edit("Look again.", own.security, own.sre);
  expect(await told(own.sre)).toEqual([edited]);
  expect(await told(own.security)).toHaveLength(1);
  // The names alone make a change of it too.
  await edit("Look again.", own.security, own.sre, own.product);
  expect(await told(own.product)).toEqual([edited]);
  await deleteComment(own.lead, { deploymentId: id, commentId });
  expect([await told(own.sre), await told(own.product), await told(own.security)]).toEqual([[], [], []]);
  expect(await countUnread(own.sre)).toBe(0);
});
