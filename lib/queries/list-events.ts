import type { Actor } from "#lib/domain/actor.ts";
import { may, mayEverywhere, teamsWhere } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { predicateOf, remarkOf, type RecordedEvent } from "#lib/domain/sentences.ts";
import { INSTALLATION_ID } from "#lib/db/change-installation.ts";
import { pool } from "#lib/db/pool.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";

export type EventFilter = {
  /** The start of an event type: `approval.` finds all about approvals. */
  readonly type?: string | undefined;
  readonly actorId?: string | undefined;
  /** The key of an item. */
  readonly item?: string | undefined;
  readonly service?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
};

export type EventView = {
  readonly stream: string;
  readonly seq: number;
  readonly type: string;
  readonly at: string;
  readonly actor: RecordedEvent["actor"];
  /** What happened, without its subject. */
  readonly predicate: string;
  readonly remark: string | null;
  readonly item: string | null;
  readonly hash: string;
  readonly prev: string | null;
  /** The canonical text that the hash covers. */
  readonly body: string;
  /** The deployment it belongs to; null for people, roles and teams. */
  readonly deployment: { readonly id: string; readonly service: string; readonly version: string } | null;
};

export type EventPage = { readonly events: readonly EventView[]; readonly nextCursor: string | null };

/** The history of one record, newest first. Rejects with `not-found` when the caller may not see it. */
export async function listDeploymentEvents(
  actor: Actor,
  deploymentId: string,
  filter: EventFilter,
): Promise<EventPage> {
  const { rows } = await pool().query<{ team_id: string }>(
    "SELECT team_id FROM deployments WHERE id = $1::uuid",
    [deploymentId],
  );
  const teamId = rows[0]?.team_id;
  if (teamId === undefined || !may(actor, "deployment.view", teamId)) {
    throw new Rejection("not-found", "There is no such deployment");
  }
  return search(filter, { stream: deploymentId, teams: null, installation: false });
}

/** The history of all records the caller may search, newest first; with the installation's for those who see all teams. */
export async function searchEvents(actor: Actor, filter: EventFilter): Promise<EventPage> {
  const teams = teamsWhere(actor, "history.search");
  if (teams !== null && teams.length === 0)
    throw new Rejection("forbidden", "Your roles do not search the history");
  return search(filter, { stream: null, teams, installation: mayEverywhere(actor, "history.search") });
}

type Scope = {
  readonly stream: string | null;
  readonly teams: readonly string[] | null;
  readonly installation: boolean;
};
type Row = {
  stream_id: string;
  seq: number;
  hash: string;
  body: string;
  service: string | null;
  version: string | null;
};

async function search(filter: EventFilter, { stream, teams, installation }: Scope): Promise<EventPage> {
  const after = decodeCursor(filter.cursor, "event");
  const [afterStream = null, afterSeq = null] = after?.id.split(":") ?? [];
  const { rows } = await pool().query<Row>({
    name: stream === null ? "search-events" : "list-deployment-events",
    text: stream === null ? SEARCH : LIST,
    values: [
      stream ?? INSTALLATION_ID,
      teams,
      installation,
      filter.type === undefined ? null : `${filter.type.replace(/[\\%_]/g, "\\$&")}%`,
      filter.actorId ?? null,
      filter.service ?? null,
      filter.from ?? null,
      filter.to ?? null,
      after?.at ?? null,
      afterStream,
      afterSeq,
      filter.limit + 1,
      filter.item ?? null,
    ],
  });
  const events = rows.slice(0, filter.limit).map(viewEvent);
  const last = events.at(-1);
  return {
    events,
    nextCursor:
      rows.length > filter.limit && last
        ? encodeCursor({ at: last.at, id: `${last.stream}:${last.seq}` })
        : null,
  };
}

function viewEvent(row: Row): EventView {
  const event = parseEvent(row.body);
  return {
    stream: row.stream_id,
    seq: row.seq,
    type: event.type,
    at: event.at,
    actor: event.actor,
    predicate: predicateOf(event),
    remark: remarkOf(event),
    item: "item" in event.data ? event.data.item : null,
    hash: row.hash,
    prev: event.prev,
    body: row.body,
    deployment:
      row.service === null ? null : { id: row.stream_id, service: row.service, version: row.version ?? "" },
  };
}

// Only `chain` writes these texts, from typed events, and nothing may change them afterwards.
export function parseEvent(body: string): RecordedEvent {
  return JSON.parse(body) as RecordedEvent;
}

const FILTERS = `
   AND ($4::text IS NULL OR e.type LIKE $4)
   AND ($5::text IS NULL OR e.actor_id = $5)
   AND ($6::text IS NULL OR d.service_name = $6)
   AND ($7::text IS NULL OR e.at >= $7)
   AND ($8::text IS NULL OR e.at < $8)
   AND ($13::text IS NULL OR e.body::jsonb -> 'data' ->> 'item' = $13)`;

const COLUMNS = "e.stream_id, e.seq, e.hash, e.body, d.service_name AS service, d.version";

const SEARCH = `
SELECT ${COLUMNS}
  FROM events e LEFT JOIN deployments d ON d.id = e.stream_id
 WHERE CASE WHEN e.stream_id = $1::uuid THEN $3::boolean ELSE $2::uuid[] IS NULL OR d.team_id = ANY ($2::uuid[]) END
   ${FILTERS}
   AND ($9::text IS NULL OR (e.at, e.stream_id, e.seq) < ($9, $10::uuid, $11::int))
 ORDER BY e.at DESC, e.stream_id DESC, e.seq DESC
 LIMIT $12`;

const LIST = `
SELECT ${COLUMNS}
  FROM events e JOIN deployments d ON d.id = e.stream_id
 WHERE e.stream_id = $1::uuid AND ($2::uuid[] IS NULL AND $3::boolean IS NOT NULL)
   ${FILTERS}
   AND ($9::text IS NULL OR ($10::uuid = e.stream_id AND e.seq < $11::int))
 ORDER BY e.seq DESC
 LIMIT $12`;
