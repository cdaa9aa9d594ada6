import { expect, test } from "vitest";
import { allGateBlockers } from "#lib/domain/gates.ts";
import { breakGlassDigest } from "#lib/db/break-glass-digest.ts";
import { confirmBreakGlass, requestBreakGlass } from "#lib/services/break-glass.ts";
import { completePhase, reopenPhase, startPhase } from "#lib/services/phases.ts";
import { triggerRollback } from "#lib/services/rollback.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import {
  eventTypes,
  finishPhase,
  load,
  makeTeam,
  openRecord,
  PASSWORD,
  refusalOf,
  settlePhase,
  signAll,
  toSignOff,
} from "#test/support/factories.ts";

const ORDERS = [
  ["the one first", false],
  ["the other first", true],
] as const;

/** Sends both at the same moment, in this order; answers with how each was refused, or null. */
async function atOnce(
  one: () => Promise<unknown>,
  other: () => Promise<unknown>,
  otherFirst: boolean,
): Promise<readonly [string | null, string | null]> {
  if (!otherFirst) return Promise.all([refusalOf(one()), refusalOf(other())]);
  const [second, first] = await Promise.all([refusalOf(other()), refusalOf(one())]);
  return [first, second];
}

test.each(ORDERS)("break glass confirmed while its phase is reopened, %s", async (_order, reopenedFirst) => {
  const team = await makeTeam();
  const deploymentId = await openRecord(team);
  await finishPhase(team, deploymentId, "pre-deployment");
  const phase = "deployment";
  await requestBreakGlass(team.lead, { deploymentId, phase, reason: "The site is down." });
  const record = await load(deploymentId);
  const digest = breakGlassDigest(
    record,
    phase,
    allGateBlockers(record, phase, new Date().toISOString(), []),
  );
  const proof = { kind: "password", password: PASSWORD } as const;
  const [confirmed, reopened] = await atOnce(
    async () => confirmBreakGlass(team.sre, { deploymentId, request: 1, role: "devops-sre", digest, proof }),
    async () => reopenPhase(team.lead, { deploymentId, phase: "pre-deployment", reason: "Look again." }),
    reopenedFirst,
  );
  expect(reopened).toBeNull();
  // Confirmed before it, or not at all; and either way nothing that was asked before opens a gate now.
  const [glass] = (await load(deploymentId)).breakGlass;
  expect(glass?.confirmed === null).toBe(confirmed !== null);
  expect(glass?.closed).not.toBeNull();
  expect(await refusalOf(startPhase(team.engineer, { deploymentId, phase }))).not.toBeNull();
});

test.each(ORDERS)("a rollback while the last phase is completed, %s", async (_order, rolledBackFirst) => {
  const team = await makeTeam();
  const deploymentId = await openRecord(team);
  await toSignOff(team, deploymentId);
  await signAll(team, deploymentId);
  await finishPhase(team, deploymentId, "deployment");
  await finishPhase(team, deploymentId, "post-deployment");
  await settlePhase(team, deploymentId, "follow-up");
  const outcomes = await atOnce(
    async () => completePhase(team.engineer, { deploymentId, phase: "follow-up" }),
    async () => triggerRollback(team.lead, { deploymentId, reason: "Errors." }),
    rolledBackFirst,
  );
  expect(outcomes.filter((code) => code === null)).toHaveLength(1);
  const { ended, rollback } = await load(deploymentId);
  expect([ended?.outcome ?? null, rollback !== null]).toEqual(
    outcomes[0] === null ? ["completed", false] : [null, true],
  );
  const types = await eventTypes(deploymentId);
  expect(types.includes("deployment.completed")).toBe(outcomes[0] === null);
  expect(types.includes("rollback.triggered")).toBe(outcomes[1] === null);
  expect((await verifyHistory()).flaws).toEqual([]);
});
