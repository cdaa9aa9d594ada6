import { INSTALLATION_ID } from "#lib/db/change-installation.ts";
import { pool } from "#lib/db/pool.ts";
import type { Cursor } from "./cursor.ts";

export type EventCriteria = {
  /** The place in its own history, from 1. */
  readonly seq?: number | undefined;
  /** The start of an event type: `approval.` finds all about approvals. */
  readonly type?: string | undefined;
  readonly actorId?: string | undefined;
  /** The key of an item. */
  readonly item?: string | undefined;
  readonly service?: string | undefined;
  /** Words, each as a beginning, in whatever the event says; an id or a digest too. */
  readonly text?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

/** Which histories: one record's, or those of the teams (null: all), with the installation's or without. */
export type EventScope = {
  readonly stream: string | null;
  readonly teams: readonly string[] | null;
  readonly installation: boolean;
};

export type EventRow = {
  readonly stream_id: string;
  readonly seq: number;
  readonly at: string;
  readonly hash: string;
  readonly body: string;
  readonly service: string | null;
  readonly version: string | null;
};

type Page = { readonly after: Cursor | null; readonly limit: number; readonly order: "ASC" | "DESC" };

type Statement = { readonly text: string; readonly values: unknown[] };

/** Events of a scope that meet every criterion, by time and place, from a keyset on. */
export async function fetchEventRows(
  scope: EventScope,
  criteria: EventCriteria,
  page: Page,
): Promise<readonly EventRow[]> {
  let found: readonly EventRow[] = [];
  for (const statement of eventStatements(scope, criteria, page)) {
    ({ rows: found } = await pool().query<EventRow>(statement));
    if (found.length === page.limit) break;
  }
  return found;
}

/**
 * That reading's statements, of which the first to fill the page answers, else the last. A text is
 * looked for among the nearest events first: the index finds all events with its words, which for the
 * beginning of many words would be most of the history.
 */
export function eventStatements(
  scope: EventScope,
  criteria: EventCriteria,
  page: Page,
): readonly Statement[] {
  const { text, ...others } = criteria;
  const whole = statementOf(COLUMNS, scope, criteria, page);
  if (text === undefined) return [whole];
  const near = statementOf(`${COLUMNS}, e.search`, scope, others, { ...page, limit: page.limit * NEAR });
  const values = [...near.values];
  const bind = binderOf(values);
  return [
    {
      text: `SELECT stream_id, seq, at, hash, body, service, version FROM (${near.text}) AS e WHERE ${textCondition(text, bind)}
             ORDER BY ${orderOf(page)} LIMIT ${bind(page.limit, "int")}`,
      values,
    },
    whole,
  ];
}

/** How many events are looked at for each that a page shows. */
const NEAR = 10;
const COLUMNS = "e.stream_id, e.seq, e.at, e.hash, e.body, d.service_name AS service, d.version";

// Only the conditions that are asked for, so that Postgres plans for exactly those.
function statementOf(columns: string, scope: EventScope, criteria: EventCriteria, page: Page): Statement {
  const { after, limit, order } = page;
  const values: unknown[] = [];
  const bind = binderOf(values);
  const where = [scopeOf(scope, bind), ...conditionsOf(criteria, bind), ...keysetOf(after, order, bind)];
  const text = `SELECT ${columns}
       FROM events e LEFT JOIN deployments d ON d.id = e.stream_id
      WHERE ${where.join("\n        AND ")}
      ORDER BY ${orderOf(page)}
      LIMIT ${bind(limit, "int")}`;
  return { text, values };
}

/** The place of a row in the order, for the page after it. */
export function placeOf({ at, stream_id, seq }: EventRow): Cursor {
  return { at, id: `${stream_id}:${seq}` };
}

type Bind = (value: unknown, type: string) => string;

function binderOf(values: unknown[]): Bind {
  return (value, type) => `$${values.push(value)}::${type}`;
}

function orderOf({ order }: Page): string {
  return `e.at ${order}, e.stream_id ${order}, e.seq ${order}`;
}

function scopeOf({ stream, teams, installation }: EventScope, bind: Bind): string {
  if (stream !== null) return `e.stream_id = ${bind(stream, "uuid")}`;
  const ofTeams = teams === null ? "d.id IS NOT NULL" : `d.team_id = ANY (${bind(teams, "uuid[]")})`;
  if (!installation) return ofTeams;
  const own = `e.stream_id = ${bind(INSTALLATION_ID, "uuid")}`;
  return teams === null ? `(d.id IS NOT NULL OR ${own})` : `(${ofTeams} OR ${own})`;
}

function conditionsOf(criteria: EventCriteria, bind: Bind): readonly string[] {
  const { seq, type, actorId, item, service, text, from, to } = criteria;
  const given = (value: string | undefined, condition: (value: string) => string) =>
    value === undefined ? [] : [condition(value)];
  return [
    ...(seq === undefined ? [] : [`e.seq = ${bind(seq, "int")}`]),
    ...given(type, (start) => `e.type LIKE ${bind(`${start.replace(/[\\%_]/g, "\\$&")}%`, "text")}`),
    ...given(actorId, (id) => `e.actor_id = ${bind(id, "text")}`),
    ...given(item, (key) => itemCondition(key, bind)),
    ...given(service, (name) => `d.service_name = ${bind(name, "text")}`),
    ...given(text, (words) => textCondition(words, bind)),
    ...given(from, (instant) => `e.at >= ${bind(instant, "text")}`),
    ...given(to, (instant) => `e.at < ${bind(instant, "text")}`),
  ];
}

// An event is about one item, or about several at once.
function itemCondition(key: string, bind: Bind): string {
  const among = bind(JSON.stringify([{ item: key }]), "jsonb");
  return `(e.body::jsonb -> 'data' ->> 'item' = ${bind(key, "text")} OR e.body::jsonb -> 'data' -> 'items' @> ${among})`;
}

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function textCondition(text: string, bind: Bind): string {
  const words = `e.search @@ search_query(${bind(text, "text")})`;
  const id = text.trim();
  return ID.test(id) ? `(${words} OR e.stream_id = ${bind(id, "uuid")})` : words;
}

function keysetOf(after: Cursor | null, order: Page["order"], bind: Bind): readonly string[] {
  if (after === null) return [];
  const [stream, seq] = after.id.split(":");
  const place = `(${bind(after.at, "text")}, ${bind(stream, "uuid")}, ${bind(seq, "int")})`;
  return [`(e.at, e.stream_id, e.seq) ${order === "ASC" ? ">" : "<"} ${place}`];
}
