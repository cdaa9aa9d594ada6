import type { Actor } from "#lib/domain/actor.ts";
import { may, mayEverywhere } from "#lib/domain/policy.ts";
import { INSTALLATION_ID } from "#lib/db/change-installation.ts";
import { listen, type Heard } from "#lib/db/listen.ts";
import type { ChangeNotice } from "#lib/db/notices.ts";
import { pool } from "#lib/db/pool.ts";
import { liveEvent, type LiveEvent } from "./live-event.ts";

/** What happened, to whoever may see it; each event of a record once, in the record's order. */
export type LiveChange =
  | { readonly kind: "events"; readonly team: string; readonly events: readonly LiveEvent[] }
  /** What stands around the records of a team, or of every team: freezes, roles, what checks see. */
  | { readonly kind: "surroundings"; readonly team: string | null }
  /** People, roles or teams changed. */
  | { readonly kind: "installation" }
  /** Something may have been missed: read anew. */
  | { readonly kind: "gap" };

type Follower = (change: LiveChange) => void;

declare global {
  var countersignFollowers: Set<Follower> | undefined;
}

/** Follows all changes from now on; answers with the way to stop. Whoever passes them on asks `maySeeChange`. */
export function followChanges(follower: Follower): () => void {
  if (globalThis.countersignFollowers === undefined) {
    globalThis.countersignFollowers = new Set();
    relay(globalThis.countersignFollowers);
  }
  const followers = globalThis.countersignFollowers;
  followers.add(follower);
  return () => followers.delete(follower);
}

/** Whether this actor may know of a change, by the roles of this moment. */
export function maySeeChange(actor: Actor, change: LiveChange): boolean {
  switch (change.kind) {
    case "events":
      return may(actor, "deployment.view", change.team);
    case "surroundings":
      return change.team === null || may(actor, "deployment.view", change.team);
    case "installation":
      return mayEverywhere(actor, "history.search") || mayEverywhere(actor, "people.manage");
    case "gap":
      return true;
  }
}

// Reads what was told of once for all followers of the process; what comes meanwhile goes out together.
function relay(followers: ReadonlySet<Follower>): void {
  let waiting: ChangeNotice[] = [];
  let reading = false;
  const tell = (change: LiveChange) => followers.forEach((follower) => follower(change));
  const drain = async () => {
    if (reading) return;
    reading = true;
    while (waiting.length > 0) {
      const notices = waiting;
      waiting = [];
      try {
        for (const change of await read(notices)) tell(change);
      } catch (error) {
        console.warn(`changes could not be read: ${error instanceof Error ? error.message : String(error)}`);
        tell({ kind: "gap" });
      }
    }
    reading = false;
  };
  listen((heard: Heard) => {
    if (heard.kind === "gap" || heard.kind === "surroundings") tell(heard);
    if (heard.kind !== "change" || followers.size === 0) return;
    waiting.push(heard.notice);
    void drain();
  });
}

async function read(notices: readonly ChangeNotice[]): Promise<readonly LiveChange[]> {
  const ofRecords = notices.filter(({ stream }) => stream !== INSTALLATION_ID);
  const bodies = await readBodies(ofRecords);
  const changes = ofRecords.flatMap(({ stream, team, first, last }): readonly LiveChange[] => {
    const events = bodies.filter(
      (event) => event.deployment === stream && event.seq >= first && event.seq <= last,
    );
    return team === null ? [] : [{ kind: "events", team, events }];
  });
  return ofRecords.length === notices.length ? changes : [...changes, { kind: "installation" }];
}

async function readBodies(notices: readonly ChangeNotice[]): Promise<readonly LiveEvent[]> {
  if (notices.length === 0) return [];
  const { rows } = await pool().query<{ body: string }>({
    name: "live-events",
    text: `SELECT e.body
             FROM unnest($1::uuid[], $2::int[], $3::int[]) AS n(stream, first, last)
             JOIN events e ON e.stream_id = n.stream AND e.seq BETWEEN n.first AND n.last
            ORDER BY e.stream_id, e.seq`,
    values: [
      notices.map(({ stream }) => stream),
      notices.map(({ first }) => first),
      notices.map(({ last }) => last),
    ],
  });
  return rows.map(({ body }) => liveEvent(body));
}
