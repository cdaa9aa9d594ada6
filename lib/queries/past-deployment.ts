import type { Actor } from "#lib/domain/actor.ts";
import { differences, type Difference } from "#lib/domain/compare.ts";
import type { Deployment } from "#lib/domain/deployment.ts";
import type { DeploymentEvent } from "#lib/domain/events.ts";
import { replay } from "#lib/domain/evolve.ts";
import { laterBy, MINUTE } from "#lib/domain/time.ts";
import { predicateOf } from "#lib/domain/sentences.ts";
import { readMoment } from "#lib/domain/typed-dates.ts";
import { seesAsAuditor } from "#lib/domain/policy.ts";
import type { RecordedEvent } from "#lib/domain/recorded-event.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { noteAccess } from "#lib/db/access-log.ts";
import { pool } from "#lib/db/pool.ts";
import { recordScope } from "./list-events.ts";

type ToldEvent = Extract<RecordedEvent, { readonly type: DeploymentEvent["type"] }>;

/** A record as it stood right after one of its events, replayed from the history. */
export type PastDeployment = {
  readonly deployment: Deployment;
  readonly seq: number;
  readonly at: string;
  /** How many events the record has now. */
  readonly total: number;
  /** The events that its life is told by, as sentences. */
  readonly marks: readonly { readonly seq: number; readonly words: string }[];
};

function inWords(moment: string): string {
  return /^\d+$/.test(moment) ? `event ${moment}` : moment;
}

/**
 * The record as of a moment: the number of an event, or a time, which means the last event up to
 * then. Rejects with `not-found` for what the caller may not see and for a moment before the first
 * event, with `content-removed` when there is nothing left to replay.
 */
export async function getPastDeployment(actor: Actor, id: string, moment: string): Promise<PastDeployment> {
  const history = await load(actor, id, `record as of ${inWords(moment)}`);
  return asOf(id, history, moment);
}

/** What differs between two moments of one record. Rejects like `getPastDeployment`. */
export async function compareMoments(
  actor: Actor,
  id: string,
  from: string,
  to: string,
): Promise<{ from: PastDeployment; to: PastDeployment; differences: readonly Difference[] }> {
  const history = await load(actor, id, `comparison of ${inWords(from)} and ${inWords(to)}`);
  const [before, after] = [asOf(id, history, from), asOf(id, history, to)];
  return { from: before, to: after, differences: differences(before.deployment, after.deployment) };
}

async function load(actor: Actor, id: string, subject: string): Promise<readonly ToldEvent[]> {
  const { teamId } = await recordScope(actor, id);
  if (seesAsAuditor(actor, teamId))
    await noteAccess(actor, { act: "opened", subject, record: { id, teamId } });
  const { rows } = await pool().query<{ body: string; stone_seq: number | null }>(
    "SELECT body, stone_seq FROM events WHERE stream_id = $1::uuid ORDER BY seq",
    [id],
  );
  if (rows.some(({ stone_seq }) => stone_seq !== null))
    throw new Rejection("content-removed", "The content of this record has been removed");
  return rows.map(({ body }) => eventFrom(body));
}

function asOf(id: string, history: readonly ToldEvent[], moment: string): PastDeployment {
  const count = /^\d{1,9}$/.test(moment)
    ? Number(moment)
    : history.filter(({ at }) => at <= instantOf(moment)).length;
  const told = history.slice(0, count);
  const last = told.at(-1);
  if (last === undefined || count > history.length)
    throw new Rejection("not-found", "There is no such moment in this record");
  return {
    deployment: replay(id, told),
    seq: last.seq,
    at: last.at,
    total: history.length,
    marks: history.filter(isMark).map(viewMark),
  };
}

function isMark({ type }: ToldEvent): boolean {
  return MARKS.some((start) => type.startsWith(start));
}

const MARKS = ["deployment.", "phase.", "approval.", "sign-off.", "rollback.", "break-glass."];

function viewMark(event: ToldEvent) {
  return { seq: event.seq, words: `${event.actor.name} ${predicateOf(event)}` };
}

// A minute means all of it, and so does a second: `2026-11-24T10:41` has the events of 10:41. Without a
// zone it is in UTC.
function instantOf(moment: string): string {
  if (!/^\d{4}-\d{2}-\d{2}T/.test(moment)) return typedInstant(moment);
  const time = Date.parse(withZone(moment));
  if (Number.isNaN(time)) throw new Rejection("not-found", "There is no such moment in this record");
  return new Date(time).toISOString();
}

function withZone(moment: string): string {
  if (/T\d{2}:\d{2}$/.test(moment)) return `${moment}:59.999Z`;
  if (/T\d{2}:\d{2}:\d{2}$/.test(moment)) return `${moment}.999Z`;
  return /T[\d:.]+$/.test(moment) ? `${moment}Z` : moment;
}

// As people write it: `27 Nov 2026, 22:44`.
function typedInstant(moment: string): string {
  const typed = readMoment("UTC", moment);
  if (!typed.ok) throw new Rejection("not-found", "There is no such moment in this record");
  return laterBy(typed.value, MINUTE - 1);
}

// Only `chain` writes these texts, from typed events, and none of these is a shell.
function eventFrom(body: string): ToldEvent {
  return JSON.parse(body) as ToldEvent;
}
