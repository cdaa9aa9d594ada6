import { isStarted } from "./checklist.ts";
import { pendingBreakGlass, type BreakGlass } from "./break-glass-request.ts";
import type { Deployment } from "./deployment.ts";
import type { Blocker } from "./rejection.ts";

/** The break glass that holds this gate open now: confirmed, neither used nor closed. */
export function standingForce({ breakGlass }: Deployment, phaseKey: string): BreakGlass | undefined {
  const pending = pendingBreakGlass(breakGlass);
  return pending?.confirmed != null && pending.phase === phaseKey ? pending : undefined;
}

/** Rule 8: the blockers that break glass does not lift at this gate; what nobody confirmed still blocks. */
export function withoutOverridden(
  deployment: Deployment,
  phaseKey: string,
  blockers: readonly Blocker[],
): readonly Blocker[] {
  const force = standingForce(deployment, phaseKey);
  return without(blockers, force?.confirmed?.blockers ?? []);
}

/** What was overridden at an earlier gate does not come back at a later one, while that gate stays passed. */
export function withoutSkipped(deployment: Deployment, blockers: readonly Blocker[]): readonly Blocker[] {
  const skipped = deployment.breakGlass.flatMap(({ phase, used }) =>
    used !== null && isStarted(deployment, phase) ? used.overridden : [],
  );
  // An item that was left open has its requirement unmet as a matter of course.
  const left = new Set(skipped.flatMap(({ code, item }) => (code === "item-open" ? [item] : [])));
  const isOfLeftItem = ({ code, item }: Blocker) => code.startsWith("requirement-") && left.has(item);
  return without(blockers, skipped).filter((blocker) => !isOfLeftItem(blocker));
}

/** Of `all` that blocks a gate: what break glass lifts now; or, once it is passed, what it lifted then. */
export function overriddenAt(
  deployment: Deployment,
  phaseKey: string,
  all: readonly Blocker[],
): readonly Blocker[] {
  const force = standingForce(deployment, phaseKey);
  if (force?.confirmed != null) return sharedBlockers(all, force.confirmed.blockers);
  if (!isStarted(deployment, phaseKey)) return [];
  const used = deployment.breakGlass.filter((glass) => glass.phase === phaseKey && glass.used !== null);
  return used.at(-1)?.used?.overridden ?? [];
}

/** Those of `blockers` that stand in `others` too, by what they are about and not by their words. */
export function sharedBlockers(blockers: readonly Blocker[], others: readonly Blocker[]): readonly Blocker[] {
  const known = new Set(others.map(identity));
  return blockers.filter((blocker) => known.has(identity(blocker)));
}

function without(blockers: readonly Blocker[], others: readonly Blocker[]): readonly Blocker[] {
  if (others.length === 0) return blockers;
  const known = new Set(others.map(identity));
  return blockers.filter((blocker) => !known.has(identity(blocker)));
}

/** What a blocker is about, without the words, which tell the minute. */
export function identity({ code, item, role, phase }: Blocker): string {
  return [code, item, role, phase].join("|");
}
