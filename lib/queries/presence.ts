import { z } from "zod";
import { listen } from "#lib/db/listen.ts";

/** One browser tab that looks at a record. */
export type Presence = {
  readonly tab: string;
  readonly id: string;
  readonly name: string;
  readonly place: string;
};

export type PresenceChange = {
  readonly team: string;
  readonly deployment: string;
  /** At most forty of them. */
  readonly people: readonly Presence[];
  /** Whether somebody is among all who are here. */
  readonly isHere: (personId: string) => boolean;
};

type Entry = Presence & { readonly team: string; readonly deployment: string; readonly heardAt: number };
type Follower = (change: PresenceChange) => void;
type Room = {
  readonly entries: Map<string, Entry>;
  readonly followers: Set<Follower>;
  /** Records where something has changed, and is told of in a moment; with their teams. */
  readonly changed: Map<string, string>;
};

/** A tab says where it is every four seconds; when it has not for so long, it has gone. */
const FORGET_MS = 9_000;
const SWEEP_MS = 1_000;
/** However many come and go at once, it is told so often. */
const TELL_MS = 200;
const PEOPLE_AT_MOST = 40;
const TABS_OF_ONE_PERSON = 20;
const TEAM_LENGTH = 36;

declare global {
  var countersignPresence: Room | undefined;
}

/** Follows who comes, moves and goes, on all records; whoever passes it on asks who may see it. */
export function followPresence(follower: Follower): () => void {
  const { followers } = room();
  followers.add(follower);
  return () => followers.delete(follower);
}

/** Who looks at a record, as far as this process has heard; for callers who may see the record. */
export function whoIsHere(deployment: string): readonly Presence[] {
  return entriesOf(room(), deployment)
    .slice(0, PEOPLE_AT_MOST)
    .map(({ tab, id, name, place }) => ({ tab, id, name, place }));
}

function room(): Room {
  globalThis.countersignPresence ??= openRoom();
  return globalThis.countersignPresence;
}

function openRoom(): Room {
  const opened: Room = { entries: new Map(), followers: new Set(), changed: new Map() };
  listen((heard) => {
    if (heard.kind === "presence") hear(opened, heard.payload);
  });
  setInterval(() => forgetTheSilent(opened), SWEEP_MS).unref();
  return opened;
}

const said = z.object({
  deployment: z.string(),
  tab: z.string(),
  id: z.string(),
  name: z.string(),
  place: z.string().nullable(),
});

function hear(heardIn: Room, payload: string): void {
  const { entries } = heardIn;
  const team = payload.slice(0, TEAM_LENGTH);
  const { place, ...who } = said.parse(JSON.parse(payload.slice(TEAM_LENGTH + 1)));
  // The id of a tab is the browser's own word: under another's somebody else would seem to be gone.
  const key = `${who.id} ${who.tab}`;
  const before = entries.get(key);
  if (place === null) entries.delete(key);
  else if (before !== undefined || tabsOf(heardIn, who.id) < TABS_OF_ONE_PERSON)
    entries.set(key, { ...who, place, team, heardAt: Date.now() });
  if (before?.place === (place ?? undefined) && before?.deployment === who.deployment) return;
  tellSoon(heardIn, team, who.deployment);
  if (before !== undefined && before.deployment !== who.deployment)
    tellSoon(heardIn, before.team, before.deployment);
}

function tabsOf({ entries }: Room, person: string): number {
  return [...entries.values()].filter(({ id }) => id === person).length;
}

function forgetTheSilent(forgetful: Room): void {
  for (const [key, { team, deployment, heardAt }] of forgetful.entries) {
    if (Date.now() - heardAt <= FORGET_MS) continue;
    forgetful.entries.delete(key);
    tellSoon(forgetful, team, deployment);
  }
}

function tellSoon({ changed }: Room, team: string, deployment: string): void {
  if (changed.size === 0) setTimeout(tellAll, TELL_MS).unref();
  changed.set(deployment, team);
}

function tellAll(): void {
  const { changed, followers } = room();
  for (const [deployment, team] of changed) {
    const ids = new Set(entriesOf(room(), deployment).map(({ id }) => id));
    const change = { team, deployment, people: whoIsHere(deployment), isHere: (id: string) => ids.has(id) };
    for (const follower of followers) follower(change);
  }
  changed.clear();
}

function entriesOf({ entries }: Room, deployment: string): readonly Entry[] {
  return [...entries.values()].filter((entry) => entry.deployment === deployment);
}
