import canonicalize from "canonicalize";
import { toEventActor, type Actor } from "./actor.ts";
import type { Deployment, Instant } from "./deployment.ts";
import type { DeploymentEvent, EventDraft } from "./events.ts";
import { evolve } from "./evolve.ts";
import type { FreezeWindow } from "./freezes.ts";
import { signOffGatePassed } from "./gates.ts";
import { lapsedGlass } from "./lapsed-glass.ts";
import { refuseFull } from "./room.ts";
import { hasStandingApprovals } from "./sign-off.ts";
import { signedContent } from "./signed-content.ts";

/**
 * A rule's answer: the events that the change consists of; none when nothing changes. `freezes` are
 * the windows over the record's team and environment, which its own history does not tell of.
 */
export type Decide = (
  deployment: Deployment,
  now: Instant,
  freezes: readonly FreezeWindow[],
) => readonly EventDraft[];

export type Change = { readonly after: Deployment; readonly events: readonly DeploymentEvent[] };

/**
 * Runs rules on a record one after another, each on what the one before left, and voids the
 * approvals when what they signed has changed (rule 4), and break glass that nobody used when what
 * was asked has changed (rule 8), whichever rule changed it. No rule adds to a record that is full.
 */
export function decideChange(
  before: Deployment,
  decisions: readonly Decide[],
  actor: Actor,
  now: Instant,
  freezes: readonly FreezeWindow[],
): Change {
  let change: Change = { after: before, events: [] };
  for (const decide of decisions) {
    const decided = record(change, decide(change.after, now, freezes), actor, now);
    const followed = record(decided, voidedApprovals(change.after, decided), actor, now);
    change = record(followed, lapsedGlass(change.after, followed.after), actor, now);
  }
  return change;
}

function record({ after, events }: Change, drafts: readonly EventDraft[], actor: Actor, at: Instant): Change {
  return drafts.reduce<Change>(
    (change, draft) => {
      refuseFull(change.after, draft, actor);
      const event = { ...draft, seq: change.after.revision + 1, at, actor: toEventActor(actor) };
      return { after: evolve(change.after, event), events: [...change.events, event] };
    },
    { after, events },
  );
}

// A reopened phase voids by itself (see `reopenPhase`); this is for every other change.
function voidedApprovals(before: Deployment, { after }: Change): readonly EventDraft[] {
  const unchanged =
    before.details === after.details && before.items === after.items && before.evidence === after.evidence;
  if (unchanged || signOffGatePassed(after) || !hasStandingApprovals(after)) return [];
  // The rollback's list is no part of what is signed.
  if (canonicalize(signedContent(before)) === canonicalize(signedContent(after))) return [];
  return [
    { type: "sign-off.voided", data: { round: after.signOffRound, cause: "The signed content changed." } },
  ];
}
