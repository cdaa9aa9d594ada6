import { isPastT0 } from "./checklist.ts";
import type { Decide } from "./change.ts";
import type { Deployment, Instant, Stamp } from "./deployment.ts";
import { refusedByDuties } from "./duties.ts";
import type { Actor } from "./actor.ts";
import { Rejection, type Blocker } from "./rejection.ts";
import { refuseStandstill } from "./standstill.ts";
import { minuteInWords } from "./time.ts";

/** A span in which nothing begins at T-0, for a team and an environment or for all of them. */
export type FreezeWindow = {
  readonly id: string;
  /** Null: every environment. */
  readonly environment: string | null;
  readonly startsAt: Instant;
  /** The first moment at which it no longer holds. */
  readonly endsAt: Instant;
  readonly reason: string;
};

/** A window that does not hold for one record, by a team lead's word. */
export type FreezeLift = {
  readonly freeze: string;
  readonly lifted: Stamp;
  readonly reason: string;
  /** The number of the event that recorded it. */
  readonly seq: number;
};

/**
 * What keeps the phase at T-0 from beginning at `now`. `freezes` are the windows over the record's
 * team and environment that nobody ended; those that were lifted for this record block nothing.
 */
export function freezeBlockers(
  deployment: Deployment,
  phaseKey: string,
  now: Instant,
  freezes: readonly FreezeWindow[],
): readonly Blocker[] {
  const phase = deployment.checklist.phases.find(({ key }) => key === phaseKey);
  if (phase?.timing.startsAtT0 !== true) return [];
  return freezes
    .filter((freeze) => covers(freeze, now) && liftOf(deployment, freeze.id) === undefined)
    .map((freeze) => ({
      code: "freeze-window",
      message: freezeInWords(freeze),
      phase: phaseKey,
      freeze: freeze.id,
    }));
}

/** Lets one record through a window, standing or to come, before T-0. A second lift changes nothing. */
export function liftFreeze(actor: Actor, freezeId: string, reason: string): Decide {
  return (deployment, now, freezes) => {
    refuseStandstill(deployment);
    const freeze = freezes.find(({ id }) => id === freezeId);
    if (freeze === undefined || freeze.endsAt <= now) {
      throw new Rejection("no-freeze", "This freeze no longer holds for this deployment");
    }
    if (isPastT0(deployment))
      throw new Rejection("no-freeze", "The deployment has begun; no freeze stops it");
    const refusal = whyNotLift(deployment, actor);
    if (refusal !== null) throw refusal;
    if (liftOf(deployment, freezeId) !== undefined) return [];
    const { environment, startsAt, endsAt } = freeze;
    const window = { environment, startsAt, endsAt, reason: freeze.reason };
    return [{ type: "freeze.lifted", data: { freeze: freezeId, window, reason } }];
  };
}

/** Duties are separated as at a signature: neither opener nor deployer lifts; null when the actor may. */
export function whyNotLift(deployment: Deployment, actor: Actor): Rejection | null {
  const refusal = refusedByDuties(deployment, actor.id);
  return refusal === null
    ? null
    : new Rejection(refusal.code, refusal.message.replace(/signs it$/, "lifts the freeze"));
}

/** Why somebody ends no window, however they hold the role: lifting it for their own record would be the same. */
export const BOUND_TO_END =
  "You opened or deploy a record that it stops or stopped; another lead, or an admin, ends it";

export function liftOf({ freezeLifts }: Deployment, freezeId: string): FreezeLift | undefined {
  return freezeLifts.find(({ freeze }) => freeze === freezeId);
}

/** Whether a window that is not over, standing or to come, was lifted for the record. */
export function isLetThrough(
  deployment: Deployment,
  now: Instant,
  freezes: readonly FreezeWindow[],
): boolean {
  return freezes.some(({ id, endsAt }) => now < endsAt && liftOf(deployment, id) !== undefined);
}

export function covers(
  { startsAt, endsAt }: Pick<FreezeWindow, "startsAt" | "endsAt">,
  at: Instant,
): boolean {
  return startsAt <= at && at < endsAt;
}

/** `production is frozen until 27 Dec 2026, 08:00 UTC: Christmas`. */
export function freezeInWords({ environment, endsAt, reason }: Omit<FreezeWindow, "id">): string {
  return `${environment ?? "Every environment"} is frozen until ${minuteInWords(endsAt)}: ${reason}`;
}
