import type { Deployment, Instant } from "./deployment.ts";
import { failingChecks, type SeenRun } from "./failing-checks.ts";
import type { FreezeWindow } from "./freezes.ts";
import { allGateBlockers, gateBlockers } from "./gates.ts";
import { overriddenAt, withoutOverridden, withoutSkipped } from "./overrides.ts";
import type { Blocker } from "./rejection.ts";

export type GateStanding = {
  readonly open: boolean;
  readonly blockers: readonly Blocker[];
  /** Whether break glass (rule 8) opens it, or opened it, in spite of `overridden`. */
  readonly forced: boolean;
  readonly overridden: readonly Blocker[];
};

/** What stands beside a record and closes its gates: the freezes over it, and what live checks saw last. */
export type GateOutside = {
  readonly freezes: readonly FreezeWindow[];
  readonly checkRuns: readonly SeenRun[];
};

/** How the gate before a phase stands at a moment, with what live checks saw and what break glass lifts. */
export function gateStanding(
  deployment: Deployment,
  phase: string,
  { freezes, checkRuns }: GateOutside,
  now: Instant,
): GateStanding {
  const seen = withoutSkipped(deployment, failingChecks(deployment, phase, checkRuns));
  const blockers = [
    ...gateBlockers(deployment, phase, now, freezes),
    ...withoutOverridden(deployment, phase, seen),
  ];
  const all = [...allGateBlockers(deployment, phase, now, freezes), ...seen];
  const overridden = overriddenAt(deployment, phase, all);
  const open = blockers.length === 0;
  return { open, blockers, forced: open && overridden.length > 0, overridden };
}

/** The same closed by something besides; as it was where there is nothing. */
export function closedBy<S extends GateStanding>(others: readonly Blocker[], standing: S): S {
  if (others.length === 0) return standing;
  return { ...standing, open: false, forced: false, blockers: [...others, ...standing.blockers] };
}
