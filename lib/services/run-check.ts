import { randomUUID } from "node:crypto";
import type { Actor } from "#lib/domain/actor.ts";
import { findItem, isStarted } from "#lib/domain/checklist.ts";
import type { Deployment } from "#lib/domain/deployment.ts";
import type { CheckEvidence } from "#lib/domain/evidence.ts";
import type { RunCheckInput } from "#lib/domain/inputs/evidence.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import type { CheckUse, PhaseTemplate } from "#lib/domain/template.ts";
import { loadToChange } from "#lib/db/change-deployment.ts";
import { countAttempt } from "./attempt-limits.ts";
import { changeChecklist } from "./change-checklist.ts";
import { derivedId } from "./derived-id.ts";
import { lookAt, recorded } from "./live-checks.ts";

/**
 * Runs the live checks of one item now, for somebody who asks, and records what they say. A repeat
 * with the same id looks and records nothing anew: it is answered what the first one recorded.
 */
export async function runCheck(
  actor: Actor,
  { deploymentId, item }: RunCheckInput,
  id: string = randomUUID(),
): Promise<readonly CheckEvidence[]> {
  const { deployment } = await loadToChange(actor, { deploymentId }, "checks.run");
  const place = findItem(deployment.checklist, item);
  if (place === undefined) throw new Rejection("not-found", "There is no such item on this deployment");
  const uses = place.item.checks ?? [];
  const before = verdictsUnder(deployment, id, uses);
  if (before.length > 0) return before;
  refuseUnbegun(deployment, place.phase);
  await countAttempt("check", `${deploymentId}:${item}`);
  const looked = await lookAt(
    deployment,
    uses.map((use) => ({ item: place.item, use })),
  );
  if (looked.length === 0) {
    throw new Rejection("invalid-input", `No live check of “${place.item.title}” has an address to go to`);
  }
  const { after } = await changeChecklist(actor, { deploymentId }, "evidence.add", (current) =>
    looked.flatMap((look) => recorded(current, look, derivedId(id, look.check.use.checker))),
  );
  return verdictsUnder(after, id, uses);
}

function verdictsUnder(
  { evidence }: Deployment,
  id: string,
  uses: readonly CheckUse[],
): readonly CheckEvidence[] {
  const ids = new Set(uses.map(({ checker }) => derivedId(id, checker)));
  return evidence.flatMap((entry) =>
    ids.has(entry.id) && entry.content.kind === "check" ? [entry.content] : [],
  );
}

// A look is no beginning: whoever begins a phase, T-0 above all, says so.
function refuseUnbegun(deployment: Deployment, { key, title }: PhaseTemplate): void {
  if (key === deployment.checklist.rollback.key || isStarted(deployment, key)) return;
  throw new Rejection("phase-locked", `${title} has not begun; start it first`);
}
