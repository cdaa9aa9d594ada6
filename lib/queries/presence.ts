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
  readonly people: readonly Presence[];
};

type Entry = Presence & { readonly team: string; readonly deployment: string; readonly heardAt: number };
type Follower = (change: PresenceChange) => void;
type Room = { readonly entries: Map<string, Entry>; readonly followers: Set<Follower> };

/** A tab says where it is every four seconds; when it has not for so long, it has gone. */
const FORGET_MS = 9_000;
const SWEEP_MS = 1_000;
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
  return [...room().entries.values()]
    .filter((entry) => entry.deployment === deployment)
    .map(({ tab, id, name, place }) => ({ tab, id, name, place }));
}

function room(): Room {
  globalThis.countersignPresence ??= openRoom();
  return globalThis.countersignPresence;
}

function openRoom(): Room {
  const opened: Room = { entries: new Map(), followers: new Set() };
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

function hear({ entries, followers }: Room, payload: string): void {
  const team = payload.slice(0, TEAM_LENGTH);
  const { place, ...who } = said.parse(JSON.parse(payload.slice(TEAM_LENGTH + 1)));
  const before = entries.get(who.tab);
  if (place === null) entries.delete(who.tab);
  else entries.set(who.tab, { ...who, place, team, heardAt: Date.now() });
  if (before?.place === (place ?? undefined) && before?.deployment === who.deployment) return;
  tell(followers, team, who.deployment);
  if (before !== undefined && before.deployment !== who.deployment)
    tell(followers, before.team, before.deployment);
}

function forgetTheSilent({ entries, followers }: Room): void {
  const silent = [...entries.values()].filter(({ heardAt }) => Date.now() - heardAt > FORGET_MS);
  for (const { tab } of silent) entries.delete(tab);
  for (const { team, deployment } of silent) tell(followers, team, deployment);
}

function tell(followers: ReadonlySet<Follower>, team: string, deployment: string): void {
  const people = whoIsHere(deployment);
  for (const follower of followers) follower({ team, deployment, people });
}
