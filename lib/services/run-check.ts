import type { Actor } from "#lib/domain/actor.ts";
import type { CheckResult } from "#lib/domain/check-result.ts";
import { findItem } from "#lib/domain/checklist.ts";
import type { RunCheckInput } from "#lib/domain/inputs/evidence.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { loadToChange } from "#lib/db/change-deployment.ts";
import { countAttempt } from "./attempt-limits.ts";
import { changeChecklist } from "./change-checklist.ts";
import { lookAt, recorded } from "./live-checks.ts";

export type LiveVerdict = { readonly checker: string; readonly title: string } & CheckResult;

/** Runs the live checks of one item now, for somebody who asks, and records what they say. */
export async function runCheck(
  actor: Actor,
  { deploymentId, item }: RunCheckInput,
): Promise<readonly LiveVerdict[]> {
  const { deployment } = await loadToChange(actor, { deploymentId }, "checks.run");
  const place = findItem(deployment.checklist, item);
  if (place === undefined) throw new Rejection("not-found", "There is no such item on this deployment");
  await countAttempt("check", `${deploymentId}:${item}`);
  const uses = (place.item.checks ?? []).map((use) => ({ item: place.item, use }));
  const looked = await lookAt(deployment, uses);
  if (looked.length === 0) {
    throw new Rejection("invalid-input", `No live check of “${place.item.title}” has an address to go to`);
  }
  await changeChecklist(actor, { deploymentId }, "evidence.add", () => looked.flatMap(recorded));
  return looked.map(({ check: { checker }, result }) => ({
    checker: checker.key,
    title: checker.title,
    ...result,
  }));
}
