import type { Actor } from "#lib/domain/actor.ts";
import type { AskedAbout } from "#lib/domain/asked-about.ts";
import type { PhaseInput, ReopenPhaseInput } from "#lib/domain/inputs/deployments.ts";
import * as rules from "#lib/domain/phases.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { changeDeployment } from "#lib/db/change-deployment.ts";
import { changeChecklist } from "./change-checklist.ts";
import { whyMade } from "./deployment-made.ts";

/**
 * Begins a phase through its open gate, after live checks looked once more. Rejects with the gate's
 * blockers, and where the record is of something else than is asked about, or that has been deployed.
 */
export async function startPhase(
  actor: Actor,
  { phase, ...ref }: PhaseInput,
  asked: AskedAbout = {},
): Promise<void> {
  const { after, events } = await changeChecklist(actor, ref, "phase.start", () => [
    rules.startPhase(phase, asked),
  ]);
  // It had begun before. Whoever says what they deploy is about to deploy it, once more.
  const made = events.length > 0 || Object.keys(asked).length === 0 ? null : await whyMade(after, phase);
  if (made !== null) throw new Rejection("gate-closed", made.message, { blockers: [made] });
}

/** Completes the open phase, or the rollback list. Rejects with what is still open. */
export async function completePhase(actor: Actor, { phase, ...ref }: PhaseInput): Promise<void> {
  await changeChecklist(actor, ref, "phase.complete", () => [rules.completePhase(phase)]);
}

/** Rule 6: a team lead reopens an earlier phase. */
export async function reopenPhase(actor: Actor, { phase, reason, ...ref }: ReopenPhaseInput): Promise<void> {
  await changeDeployment(actor, ref, "phase.reopen", () => [rules.reopenPhase(phase, reason)]);
}
