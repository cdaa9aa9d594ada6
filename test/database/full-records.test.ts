import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Decide } from "#lib/domain/change.ts";
import { addEvidence, clearItem, waiveItem } from "#lib/domain/checklist-items.ts";
import { addComment, editComment } from "#lib/domain/comments.ts";
import type { Action } from "#lib/domain/policy.ts";
import { COMMENTS_OF_RECORD, EDITS_OF_RECORD, EVIDENCE_OF_RECORD } from "#lib/domain/room.ts";
import { changeDeployment } from "#lib/db/change-deployment.ts";
import { cancelDeployment } from "#lib/services/rollback.ts";
import { load, makeTeam, openRecord, refusalOf } from "#test/support/factories.ts";
import { bundleOf, verdictOn } from "#test/support/verdicts.ts";

/** What takes the most room in a manifest: each of these characters is four there. */
const LONG = '"'.repeat(4_000);
const AT_ONCE = 20;

test("however full a record is, it can be ended and taken out whole", { timeout: 180_000 }, async () => {
  const team = await makeTeam();
  const deploymentId = await openRecord(team);
  const { checklist } = await load(deploymentId);
  const items = (checklist.phases[0]?.sections ?? []).flatMap((section) =>
    section.items.map(({ key }) => key),
  );
  const some = items.slice(0, AT_ONCE);
  const write = async (action: Action, decisions: readonly Decide[]) =>
    refusalOf(changeDeployment(team.lead, { deploymentId }, action, () => decisions));
  const comment = async () =>
    write(
      "comment.write",
      some.map(() => addComment(randomUUID(), null, { text: LONG, mentions: [] })),
    );
  const edited = new Set<string>();
  const edit = async () => {
    const { comments } = await load(deploymentId);
    const next = comments.filter(({ id }) => !edited.has(id)).slice(0, AT_ONCE);
    next.forEach(({ id }) => edited.add(id));
    const said = { text: `'${LONG.slice(1)}`, mentions: [] };
    return write(
      "comment.write",
      next.map(({ id }) => editComment(id, said, team.lead.id)),
    );
  };
  const evidence = async () =>
    write(
      "evidence.add",
      some.map((item) => addEvidence(item, randomUUID(), { kind: "note", text: LONG })),
    );
  const work = async () =>
    write(
      "item.settle",
      some.flatMap((item) => [waiveItem(item, LONG, true), clearItem(item)]),
    );

  expect(await untilRefused(comment)).toEqual({
    times: COMMENTS_OF_RECORD / AT_ONCE,
    refused: "record-full",
  });
  // In bytes, before so many of each were counted.
  expect((await untilRefused(edit)).refused).toBe("record-full");
  expect(edited.size).toBeLessThan(EDITS_OF_RECORD);
  const { times, refused } = await untilRefused(evidence);
  expect(refused).toBe("record-full");
  expect(times * AT_ONCE).toBeLessThan(EVIDENCE_OF_RECORD - AT_ONCE);
  expect((await untilRefused(work)).refused).toBe("record-full");
  await cancelDeployment(team.lead, { deploymentId, reason: "Somebody filled it." });

  expect(verdictOn(await bundleOf(team.auditor, deploymentId)).verdict).toBe("whole");
});

async function untilRefused(act: () => Promise<string | null>) {
  for (let times = 0; times < 400; times += 1) {
    const refused = await act();
    if (refused !== null) return { times, refused };
  }
  throw new Error("the test's record is never full");
}
