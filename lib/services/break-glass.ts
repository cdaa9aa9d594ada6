import type { Actor } from "#lib/domain/actor.ts";
import * as rules from "#lib/domain/break-glass.ts";
import { pendingBreakGlass } from "#lib/domain/break-glass-request.ts";
import type { Deployment, Instant } from "#lib/domain/deployment.ts";
import type { FreezeWindow } from "#lib/domain/freezes.ts";
import { allGateBlockers } from "#lib/domain/gates.ts";
import type {
  ConfirmBreakGlassInput,
  RequestBreakGlassInput,
  ReviewBreakGlassInput,
  WithdrawBreakGlassInput,
} from "#lib/domain/inputs/break-glass.ts";
import { breakGlassDigest } from "#lib/db/break-glass-digest.ts";
import { changeDeployment, loadToChange } from "#lib/db/change-deployment.ts";
import { failingChecks } from "#lib/db/failing-checks.ts";
import { loadDeployment } from "#lib/db/load-deployment.ts";
import { proveSignature } from "./proof.ts";
import { refusedBySignatureTrigger } from "./signature-refusals.ts";

/** Rule 8: a team lead asks, with a reason, for the next gate to be opened in spite of what blocks it. */
export async function requestBreakGlass(
  actor: Actor,
  { deploymentId, phase, reason }: RequestBreakGlassInput,
): Promise<void> {
  const seen = await seenAt(deploymentId, phase);
  await changeDeployment(actor, { deploymentId }, "break-glass.request", () => [
    rules.requestBreakGlass(phase, reason, seen),
  ]);
}

/** Rule 8: an approver confirms, after proof, exactly the request and the blockers that were shown. */
export async function confirmBreakGlass(
  actor: Actor,
  { deploymentId, request, role, digest, proof }: ConfirmBreakGlassInput,
): Promise<void> {
  // First of all, since what proof a team asks for tells of its record.
  const { deployment } = await loadToChange(actor, { deploymentId }, "break-glass.confirm");
  const statement = { deployment: deploymentId, role, decision: "break-glass" as const, digest };
  const proven = await proveSignature(actor, proof, statement);
  const pending = pendingBreakGlass(deployment.breakGlass);
  const seen = pending === undefined ? [] : await seenAt(deploymentId, pending.phase);
  const digestOf = (deployment: Deployment, now: Instant, freezes: readonly FreezeWindow[]) =>
    pending === undefined
      ? ""
      : breakGlassDigest(deployment, pending.phase, [
          ...allGateBlockers(deployment, pending.phase, now, freezes),
          ...seen,
        ]);
  const confirmed = changeDeployment(actor, { deploymentId }, "break-glass.confirm", (_, by) => [
    (deployment, now, freezes) => {
      const currentDigest = digestOf(deployment, now, freezes);
      const signature = { request, role, digest, ...proven, currentDigest };
      return rules.confirmBreakGlass(by, signature, seen)(deployment, now, freezes);
    },
  ]);
  await refusedBySignatureTrigger(confirmed);
}

/** Rule 8: a team lead takes a request back before the phase has begun. */
export async function withdrawBreakGlass(
  actor: Actor,
  { deploymentId, request }: WithdrawBreakGlassInput,
): Promise<void> {
  await changeDeployment(actor, { deploymentId }, "break-glass.request", () => [
    rules.withdrawBreakGlass(request),
  ]);
}

/** Rule 8: somebody who took no part reviews it afterwards. */
export async function reviewBreakGlass(
  actor: Actor,
  { deploymentId, request, conclusion, finding }: ReviewBreakGlassInput,
): Promise<void> {
  await changeDeployment(actor, { deploymentId }, "break-glass.review", () => [
    rules.reviewBreakGlass(actor, request, { conclusion, finding }),
  ]);
}

// What live checks saw last; the door decides afterwards whether the caller may know of the record.
async function seenAt(deploymentId: string, phase: string): Promise<rules.Seen> {
  const loaded = await loadDeployment(deploymentId);
  return loaded === null ? [] : failingChecks(loaded.deployment, phase);
}
