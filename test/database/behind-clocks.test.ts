import { expect, test } from "vitest";
import { completePhase, reopenPhase, startPhase } from "#lib/services/phases.ts";
import { triggerRollback } from "#lib/services/rollback.ts";
import { moveClock } from "#test/support/database.ts";
import { load, makeTeam, openRecord, settlePhase, signAll, toSignOff } from "#test/support/factories.ts";

// As on a second server whose clock is some seconds behind, or where the machine's own was set right.
async function behind(task: () => Promise<void>): Promise<void> {
  moveClock(-5_000);
  try {
    await task();
  } finally {
    moveClock(0);
  }
}

test("a rollback right after T-0 is triggered where the clock is behind, and not before T-0", async () => {
  const team = await makeTeam();
  const id = await openRecord(team);
  await toSignOff(team, id);
  await signAll(team, id);
  await startPhase(team.engineer, { deploymentId: id, phase: "deployment" });
  await behind(async () => triggerRollback(team.engineer, { deploymentId: id, reason: "502 everywhere" }));
  const { t0At, rollback } = await load(id);
  expect(rollback?.at).toBe(t0At);
});

test("a phase that has just begun is completed where the clock is behind", async () => {
  const team = await makeTeam();
  const id = await openRecord(team);
  await settlePhase(team, id, "pre-deployment");
  await completePhase(team.engineer, { deploymentId: id, phase: "pre-deployment" });
  await settlePhase(team, id, "final-checks");
  await completePhase(team.engineer, { deploymentId: id, phase: "final-checks" });
  await reopenPhase(team.lead, { deploymentId: id, phase: "pre-deployment", reason: "Once more" });
  await completePhase(team.engineer, { deploymentId: id, phase: "pre-deployment" });
  await behind(async () => completePhase(team.engineer, { deploymentId: id, phase: "final-checks" }));
  expect((await load(id)).phases["final-checks"]?.completed).not.toBeNull();
});
