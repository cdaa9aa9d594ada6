import { expect, test } from "vitest";
import { toEventActor } from "#lib/domain/actor.ts";
import type { DeploymentEvent, EventDraft } from "#lib/domain/events.ts";
import { evolve } from "#lib/domain/evolve.ts";
import { itemsOf } from "#lib/domain/checklist.ts";
import { loadDeployment } from "#lib/db/load-deployment.ts";
import { writeChange } from "#lib/db/write-deployment.ts";
import { changeDetails } from "#lib/services/deployments.ts";
import { reopenPhase, startPhase } from "#lib/services/phases.ts";
import {
  finishPhase,
  load,
  makeTeam,
  openRecord,
  signAll,
  toSignOff,
  type Team,
} from "#test/support/factories.ts";
import { bundleOf, flawOf, verdictOn } from "#test/support/verdicts.ts";

// What somebody with the app's own database role can write: the app's own statement, without what voids.
async function forge(team: Team, id: string, drafts: readonly EventDraft[]): Promise<number> {
  const loaded = await loadDeployment(id);
  if (loaded === null) throw new Error("no record");
  const [at, actor] = [new Date().toISOString(), toEventActor(team.lead)];
  let after = loaded.deployment;
  const events: DeploymentEvent[] = [];
  for (const draft of drafts) {
    const event = { ...draft, seq: after.revision + 1, at, actor };
    after = evolve(after, event);
    events.push(event);
  }
  await writeChange(loaded, { after, events }, { file: null, claim: null });
  return loaded.deployment.revision + 1;
}

async function signedRecord(): Promise<{ team: Team; id: string }> {
  const team = await makeTeam();
  const id = await openRecord(team, { version: "1.0.0", commit: "a".repeat(40) });
  await toSignOff(team, id);
  await signAll(team, id);
  return { team, id };
}

const MESSAGE = "it leaves approvals standing over content that they did not sign";
const VERSION: EventDraft = {
  type: "deployment.details-changed",
  data: { from: { version: "1.0.0" }, to: { version: "2.0.0" } },
};

test("approvals of one version do not stand over another", async () => {
  const { team, id } = await signedRecord();
  expect(await flawOf(id)).toBeNull();
  const seq = await forge(team, id, [VERSION]);
  expect(await flawOf(id)).toMatchObject({ seq, message: MESSAGE });
  await startPhase(team.engineer, { deploymentId: id, phase: "deployment" });
  expect(await flawOf(id)).toMatchObject({ seq, message: MESSAGE });
  expect(verdictOn(await bundleOf(team.auditor, id))).toMatchObject({
    verdict: "broken",
    code: "signed-content",
    seq,
  });
});

test("nor do they over another state of an item, before T-0 or after it", async () => {
  const { team, id } = await signedRecord();
  const [first] = (await load(id)).checklist.phases;
  const [place] = first === undefined ? [] : itemsOf(first);
  if (place === undefined) throw new Error("no item");
  const ref = { item: place.item.key, title: place.item.title };
  const waived: EventDraft = { type: "item.waived", data: { ...ref, reason: "Not here." } };
  const other = await signedRecord();
  const seq = await forge(team, id, [{ type: "item.unchecked", data: ref }, waived]);
  expect(await flawOf(id)).toMatchObject({ seq, message: MESSAGE });
  await startPhase(other.team.engineer, { deploymentId: other.id, phase: "deployment" });
  expect(await flawOf(other.id)).toBeNull();
  const later = await forge(other.team, other.id, [waived]);
  expect(await flawOf(other.id)).toMatchObject({ seq: later, message: MESSAGE });
});

test("a change that voids, at T-0 or after a reopening, is none of these", async () => {
  const { team, id } = await signedRecord();
  await changeDetails(team.lead, { deploymentId: id, version: "1.0.1" });
  await signAll(team, id);
  await startPhase(team.engineer, { deploymentId: id, phase: "deployment" });
  await finishPhase(team, id, "deployment");
  await changeDetails(team.lead, {
    deploymentId: id,
    links: [{ title: "Post", url: "https://example.test/" }],
  });
  await reopenPhase(team.lead, { deploymentId: id, phase: "final-checks", reason: "Again." });
  expect(await flawOf(id)).toBeNull();
  expect(verdictOn(await bundleOf(team.auditor, id)).verdict).toBe("whole");
});

test("a change voids within itself, not later, and not after the gate", async () => {
  const { team, id } = await signedRecord();
  const { signOffRound: round } = await load(id);
  const seq = await forge(team, id, [VERSION]);
  await forge(team, id, [{ type: "sign-off.voided", data: { round, cause: "The signed content changed." } }]);
  expect(await flawOf(id)).toMatchObject({ seq, message: MESSAGE });
});
