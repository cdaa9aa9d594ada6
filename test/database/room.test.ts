import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { addEvidence as evidenceAdded } from "#lib/domain/checklist-items.ts";
import { addComment as commentAdded } from "#lib/domain/comments.ts";
import { COMMENTS_OF_RECORD, EVIDENCE_OF_ITEM } from "#lib/domain/room.ts";
import { changeDeployment } from "#lib/db/change-deployment.ts";
import { addComment } from "#lib/services/comments.ts";
import { addEvidence } from "#lib/services/evidence.ts";
import { load, makeTeam, openRecord, refusalOf } from "#test/support/factories.ts";

const ITEM = "mtls-enabled";
const LEFT = 2;
const CROWD = 6;
const crowd = async (act: () => Promise<unknown>) => {
  const outcomes = await Promise.all(Array.from({ length: CROWD }, async () => refusalOf(act())));
  return outcomes.map((code) => code ?? "done").toSorted();
};
const SOME_ARE_REFUSED = [
  ...Array.from({ length: LEFT }, () => "done"),
  ...Array.from({ length: CROWD - LEFT }, () => "record-full"),
];

test("of many comments at once no more are taken than a record has room for", async () => {
  const team = await makeTeam();
  const deploymentId = await openRecord(team);
  const said = { text: "Hello.", mentions: [] };
  await changeDeployment(team.lead, { deploymentId }, "comment.write", () =>
    Array.from({ length: COMMENTS_OF_RECORD - LEFT }, () => commentAdded(randomUUID(), null, said)),
  );
  expect(await crowd(async () => addComment(team.engineer, { deploymentId, item: null, ...said }))).toEqual(
    SOME_ARE_REFUSED,
  );
  expect((await load(deploymentId)).comments).toHaveLength(COMMENTS_OF_RECORD);
});

test("of many pieces of evidence at once no more are taken than an item has room for", async () => {
  const team = await makeTeam();
  const deploymentId = await openRecord(team);
  const content = { kind: "note" as const, text: "Seen." };
  await changeDeployment(team.lead, { deploymentId }, "evidence.add", () =>
    Array.from({ length: EVIDENCE_OF_ITEM - LEFT }, () => evidenceAdded(ITEM, randomUUID(), content)),
  );
  const add = async () => addEvidence(team.engineer, { deploymentId, item: ITEM, content });
  expect(await crowd(add)).toEqual(SOME_ARE_REFUSED);
  expect((await load(deploymentId)).evidence).toHaveLength(EVIDENCE_OF_ITEM);
});
