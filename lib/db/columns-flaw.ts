import type { Flaw } from "./chain-flaw.ts";
import { pool } from "./pool.ts";
import type { IndexedEvent } from "./read-stream.ts";

/** Texts that are taken apart in one statement, for it may be cut. */
const TEXTS_AT_ONCE = 200;

/**
 * The first event whose columns say other than its text; null when there is none. Postgres makes them
 * from the text, until somebody who owns the table lets them say something else: then searches miss it.
 */
export function columnsFlaw(stream: string, events: readonly IndexedEvent[]): Flaw | null {
  const changed = events.find((event) => !isAsItsText(event));
  if (changed === undefined) return null;
  return flawAt(stream, changed.seq);
}

/** The same for what searches and the lists of removals find an event by, which Postgres has to say again. */
export async function searchFlaw(stream: string, events: readonly IndexedEvent[]): Promise<Flaw | null> {
  for (let from = 0; from < events.length; from += TEXTS_AT_ONCE) {
    const { rows } = await pool().query<{ seq: number | null }>(FOUND_OTHERWISE, [
      stream,
      from,
      from + TEXTS_AT_ONCE,
    ]);
    const seq = rows[0]?.seq ?? null;
    if (seq !== null) return flawAt(stream, seq);
  }
  return null;
}

function flawAt(stream: string, seq: number): Flaw {
  return { stream, seq, message: "what it is found by differs from its text" };
}

function isAsItsText({ body, type, at, actorId, prevHash }: IndexedEvent): boolean {
  const text = textFrom(body);
  return text.type === type && text.at === at && text.actor.id === actorId && text.prev === prevHash;
}

type Text = Omit<IndexedEvent, "seq" | "body" | "hash" | "actorId" | "prevHash"> & {
  readonly actor: { readonly id: string };
  readonly prev: string | null;
};

// The chain has been checked before, so this text is one that `chain` or the removal wrote.
function textFrom(body: string): Text {
  return JSON.parse(body) as Text;
}

// As the migrations have it, and without their functions, which whoever owns the table may replace.
const SEARCH = `to_tsvector('simple', translate(hash || ' ' || left(concat_ws(' ',
    body::jsonb #>> '{actor,name}', body::jsonb #>> '{actor,token,name}',
    (SELECT string_agg(found.value #>> '{}', ' ')
       FROM jsonb_path_query(body::jsonb -> 'data' #- '{checklist}', 'strict $.** ? (@.type() == "string")') AS found(value))
  ), 100000), '!"#$%&''()*+,-./:;<=>?@[\\]^_\`{|}~', repeat(' ', 32)))`;

const FOUND_OTHERWISE = `
SELECT min(seq) AS seq FROM events
 WHERE stream_id = $1::uuid AND seq > $2 AND seq <= $3
   AND (search IS DISTINCT FROM ${SEARCH} OR stone_seq IS DISTINCT FROM (body::jsonb ->> 'removed')::int)`;
