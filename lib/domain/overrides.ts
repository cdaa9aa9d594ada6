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
  const skipped = deployment.breakGlass.flatMap((glass) => overriddenBy(deployment, glass));
  // An item that was left open has its requirement unmet as a matter of course.
  const left = new Set(skipped.flatMap(({ code, item }) => (code === "item-open" ? [item] : [])));
  const isOfLeftItem = ({ code, item }: Blocker) => code.startsWith("requirement-") && left.has(item);
  // Nothing is added to a phase that was passed, but time goes on; what is looked at live may fail anew.
  const passed = new Set(skipped.filter(({ code }) => code !== "check-failed").map(subject));
  return without(blockers, skipped).filter(
    (blocker) => !passed.has(subject(blocker)) && !isOfLeftItem(blocker),
  );
}

/** Of `all` that blocks a gate: what break glass lifts now; or, once it is passed, what it lifted then. */
export function overriddenAt(
  deployment: Deployment,
  phaseKey: string,
  all: readonly Blocker[],
): readonly Blocker[] {
  const force = standingForce(deployment, phaseKey);
  if (force?.confirmed != null) return sharedBlockers(all, force.confirmed.blockers);
  const last = deployment.breakGlass.findLast(({ phase, used }) => phase === phaseKey && used !== null);
  return last === undefined ? [] : overriddenBy(deployment, last);
}

// A phase that was locked again has to begin anew: then what it began by before is spent.
function overriddenBy({ phases }: Deployment, { phase, used }: BreakGlass): readonly Blocker[] {
  return used !== null && phases[phase]?.started?.at === used.at ? used.overridden : [];
}

/** Those of `blockers` that `others` cover: about the same, and on no ground that is not among theirs. */
export function sharedBlockers(blockers: readonly Blocker[], others: readonly Blocker[]): readonly Blocker[] {
  return blockers.filter((blocker) => isCovered(blocker, others));
}

function without(blockers: readonly Blocker[], others: readonly Blocker[]): readonly Blocker[] {
  return blockers.filter((blocker) => !isCovered(blocker, others));
}

function isCovered(blocker: Blocker, others: readonly Blocker[]): boolean {
  const { grounds = [] } = blocker;
  return others.some(
    (other) =>
      subject(other) === subject(blocker) &&
      grounds.every((ground) => other.grounds?.includes(ground) === true),
  );
}

/** What a blocker is about and what it rests on, without the words, which tell the minute. */
export function identity(blocker: Blocker): string {
  return [subject(blocker), ...(blocker.grounds ?? [])].join("|");
}

function subject({ code, item, role, phase, freeze }: Blocker): string {
  return [code, item, role, phase, freeze].join("|");
}
