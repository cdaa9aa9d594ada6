/** Where the statements that write an event say so; `lib/db/listen.ts` hears it in every process. */
export const CHANGES = "countersign_changes";

/** Where processes tell each other who is where. Nothing of it is kept. */
export const PRESENCE = "countersign_presence";

/** Events `first` to `last` of a stream are committed; the installation's own stream has no team. */
export type ChangeNotice = {
  readonly stream: string;
  readonly first: number;
  readonly last: number;
  readonly team: string | null;
};

/** Reads `stream:first:last:team`; null for what nobody of this version writes. */
export function parseChangeNotice(payload: string): ChangeNotice | null {
  const [stream, first, last, team = null] = payload.split(":");
  if (stream === undefined || !Number.isInteger(Number(first)) || !Number.isInteger(Number(last)))
    return null;
  return { stream, first: Number(first), last: Number(last), team };
}

/** To whom something new was told, or who has read it; the payload is the person's id. */
export const NOTIFICATIONS = "countersign_notifications";

/** Something waits in the outbox for whoever fans it out. Nothing more is said. */
export const OUTBOX = "countersign_outbox";

/** What an open page shows beside a record's events; the payload is a team's id, or empty for every team. */
export const SURROUNDINGS = "countersign_surroundings";
