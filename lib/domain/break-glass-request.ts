import type { Instant, Stamp } from "./deployment.ts";
import type { Proof } from "./proof.ts";
import type { Blocker } from "./rejection.ts";
import type { ApproverRole } from "./roles.ts";

/** One request to open a gate that has blockers (rule 8), and all that became of it. */
export type BreakGlass = {
  /** The number of the event that asked for it; names it within its record. */
  readonly request: number;
  /** The phase whose gate it opens. */
  readonly phase: string;
  readonly title: string;
  readonly requested: Stamp;
  readonly reason: string;
  /** Set when an approver broke the glass: from then on the record carries it for good. */
  readonly confirmed: Confirmation | null;
  /** Set when the phase began although something blocked it. */
  readonly used: (Stamp & { readonly overridden: readonly Blocker[] }) | null;
  /** Set when it was withdrawn or lapsed before it was used. */
  readonly closed: { readonly at: Instant; readonly cause: string } | null;
  readonly review: (Stamp & Review) | null;
};

export type Confirmation = Stamp & {
  readonly role: ApproverRole;
  readonly meaning: string;
  /** SHA-256, in hex, of the content and the blockers that were shown. */
  readonly digest: string;
  readonly proof: Proof;
  /** Exactly what the gate may open in spite of. */
  readonly blockers: readonly Blocker[];
};

export const CONCLUSIONS = ["justified", "not-justified"] as const;

export type Review = {
  readonly conclusion: (typeof CONCLUSIONS)[number];
  readonly finding: string;
};

/** The request that is neither used nor closed; a record has at most one. */
export function pendingBreakGlass(requests: readonly BreakGlass[]): BreakGlass | undefined {
  return requests.find(({ used, closed }) => used === null && closed === null);
}

/** Glass that was broken and that nobody has reviewed yet, oldest first. */
export function unreviewedBreakGlass(requests: readonly BreakGlass[]): readonly BreakGlass[] {
  return requests.filter(({ confirmed, review }) => confirmed !== null && review === null);
}

export const BREAK_GLASS_STATES = ["none", "requested", "open", "review-owed", "reviewed"] as const;

export type BreakGlassState = (typeof BREAK_GLASS_STATES)[number];

/** What the board says of a record's break glass: the most pressing of all its requests. */
export function breakGlassState(requests: readonly BreakGlass[]): BreakGlassState {
  const pending = pendingBreakGlass(requests);
  if (pending !== undefined) return pending.confirmed === null ? "requested" : "open";
  if (unreviewedBreakGlass(requests).length > 0) return "review-owed";
  return requests.some(({ review }) => review !== null) ? "reviewed" : "none";
}
