import { randomBytes } from "node:crypto";
import { DatabaseError } from "pg";
import { GrowingTree } from "#lib/proof/growing-tree.ts";
import { canonicalText, sha256 } from "#lib/proof/canonical-json.ts";
import { openCheckpoint, signCheckpoint } from "#lib/proof/checkpoint.ts";
import { hashOfLeaf } from "#lib/proof/log-leaf.ts";
import { parseSigningKey, signingKeyText } from "#lib/proof/note-keys.ts";
import { signingKey } from "#lib/signing-key.ts";
import type { Random } from "./random.ts";
import type { SavedTables } from "./saved-tables.ts";

/** An event of a record, and its place in the log. */
export type Spot = { readonly stream: string; readonly seq: number; readonly index: number };

/** What the verification has to name first; a null is about the log, or a table, as a whole. */
export type Named = { readonly stream: string | null; readonly seq: number | null };

type Tampering = (tables: SavedTables, spot: Spot, random: Random) => Promise<Named>;

/** What somebody does who owns the database and does not hold the signing key. */
export const TAMPERINGS: Readonly<Record<string, Tampering>> = {
  "flips one character of an event": async (tables, spot, random) => {
    const [event] = await eventsFrom(tables, spot);
    const body = event?.body ?? "";
    const at = random.below(body.length);
    const flipped = `${body.slice(0, at)}${body[at] === "x" ? "y" : "x"}${body.slice(at + 1)}`;
    const hash = event?.hash ?? "";
    // What lost its shape has no generated columns, and the database itself will not hold it.
    if (!(await isHeld(tables, spot, { seq: spot.seq, body: flipped, hash })))
      await write(tables, spot.stream, {
        seq: spot.seq,
        body: body.replace('"format":1', '"format":2'),
        hash,
      });
    return spot;
  },
  "edits an event and its hash": async (tables, spot) => {
    const [event] = await eventsFrom(tables, spot);
    const body = renamed(event?.body ?? "");
    await write(tables, spot.stream, { seq: spot.seq, body, hash: sha256(body) });
    return spot;
  },
  "inserts an event and chains the rest again": async (tables, spot) => {
    const later = await eventsFrom(tables, spot);
    const [first] = later;
    const all = first === undefined ? [] : [renamed(first.body), ...later.map(({ body }) => body)];
    await rechain(tables, spot, all);
    return spot;
  },
  "deletes an event": async (tables, spot) => {
    await tables.query("DELETE FROM events WHERE stream_id = $1 AND seq = $2", [spot.stream, spot.seq]);
    return spot;
  },
  "swaps two events": async (tables, spot) => {
    const [one, two] = await eventsFrom(tables, spot);
    if (one === undefined || two === undefined) return misplace(tables, spot);
    await write(tables, spot.stream, { ...two, seq: one.seq });
    await write(tables, spot.stream, { ...one, seq: two.seq });
    return spot;
  },
  "has an event twice": async (tables, spot) => {
    const [copy] = await tables.query<{ seq: number }>(
      `INSERT INTO events (stream_id, seq, body, hash)
       SELECT stream_id, (SELECT max(seq) + 1 FROM events WHERE stream_id = $1), body, hash
         FROM events WHERE stream_id = $1 AND seq = $2 RETURNING seq`,
      [spot.stream, spot.seq],
    );
    return { stream: spot.stream, seq: copy?.seq ?? null };
  },
  "back-dates an event and chains the rest again": async (tables, spot) => {
    const [first, ...later] = await eventsFrom(tables, spot);
    const dated = (first?.body ?? "").replace(/"at":"\d{4}/, '"at":"2019');
    await rechain(tables, spot, [dated, ...later.map(({ body }) => body)]);
    return spot;
  },
  "chains again and writes the log again": async (tables, spot) => {
    const [first, ...later] = await eventsFrom(tables, spot);
    await rechain(tables, spot, [renamed(first?.body ?? ""), ...later.map(({ body }) => body)]);
    await rewriteLog(tables);
    return firstUnder(tables, spot.index);
  },
  "cuts the tail of a record": async (tables, spot) => {
    await cut(tables, spot);
    return spot;
  },
  "cuts the tail of everything, log and checkpoints too": async (tables, spot) => {
    const from = await firstIndexUnder(tables, spot.index);
    const gone = await tables.query<{ stream: string; seq: number }>(
      "SELECT stream_id AS stream, min(seq)::int AS seq FROM log_leaves WHERE leaf_index >= $1 GROUP BY 1",
      [from],
    );
    for (const one of gone) await cut(tables, one);
    await tables.query("DELETE FROM log_checkpoints WHERE size > $1", [from]);
    await tables.query("DELETE FROM log_leaves WHERE leaf_index >= $1", [from]);
    return { stream: null, seq: null };
  },
  "drops a record": async (tables, { stream }) => {
    await tables.query("DELETE FROM deployments WHERE id = $1", [stream]);
    await tables.query("DELETE FROM events WHERE stream_id = $1", [stream]);
    return { stream, seq: 1 };
  },
  "signs a checkpoint with another key": async (tables, spot) => {
    const [row] = await tables.query<{ size: string; note: string }>(
      "SELECT size, note FROM log_checkpoints WHERE size > $1 ORDER BY size LIMIT 1",
      [spot.index],
    );
    const checkpoint = openCheckpoint(row?.note ?? "", signingKey());
    const other = parseSigningKey(signingKeyText(signingKey().name, randomBytes(32)));
    if (checkpoint === null || other === null) throw new Error("there is no checkpoint to sign again");
    await tables.query("UPDATE log_checkpoints SET note = $2 WHERE size = $1", [
      row?.size,
      signCheckpoint(checkpoint, other),
    ]);
    return { stream: null, seq: null };
  },
  "edits a table": async (tables, { stream }) => {
    await tables.query("UPDATE deployments SET version = version || '0' WHERE id = $1", [stream]);
    return { stream, seq: null };
  },
};

type Stored = { readonly seq: number; readonly body: string; readonly hash: string };

async function misplace(tables: SavedTables, spot: Spot): Promise<Named> {
  await tables.query("UPDATE events SET seq = seq + 1 WHERE stream_id = $1 AND seq = $2", [
    spot.stream,
    spot.seq,
  ]);
  return spot;
}

async function eventsFrom(
  tables: SavedTables,
  { stream, seq }: Pick<Spot, "stream" | "seq">,
): Promise<readonly Stored[]> {
  return tables.query<Stored>(
    "SELECT seq, body, hash FROM events WHERE stream_id = $1 AND seq >= $2 ORDER BY seq",
    [stream, seq],
  );
}

async function write(tables: SavedTables, stream: string, { seq, body, hash }: Stored): Promise<void> {
  await tables.query("UPDATE events SET body = $3, hash = $4 WHERE stream_id = $1 AND seq = $2", [
    stream,
    seq,
    body,
    hash,
  ]);
}

// These bodies from the spot on, each with its new number and predecessor, and the record's head after them.
async function rechain(tables: SavedTables, { stream, seq }: Spot, bodies: readonly string[]): Promise<void> {
  const [before] = await tables.query<{ hash: string }>(
    "SELECT hash FROM events WHERE stream_id = $1 AND seq = $2",
    [stream, seq - 1],
  );
  await tables.query("DELETE FROM events WHERE stream_id = $1 AND seq >= $2", [stream, seq]);
  let prev = before?.hash ?? null;
  for (const [place, body] of bodies.entries()) {
    const entry: object = JSON.parse(body);
    const text: string = canonicalText({ ...entry, seq: seq + place, prev });
    prev = sha256(text);
    await tables.query("INSERT INTO events (stream_id, seq, body, hash) VALUES ($1, $2, $3, $4)", [
      stream,
      seq + place,
      text,
      prev,
    ]);
  }
  await tables.query("UPDATE deployments SET revision = $2, head_hash = $3 WHERE id = $1", [
    stream,
    seq + bodies.length - 1,
    prev,
  ]);
}

async function cut(tables: SavedTables, { stream, seq }: Pick<Spot, "stream" | "seq">): Promise<void> {
  await tables.query("DELETE FROM events WHERE stream_id = $1 AND seq >= $2", [stream, seq]);
  for (const table of ["deployments", "installations"])
    await tables.query(
      `UPDATE ${table} t SET revision = e.seq, head_hash = e.hash FROM events e
        WHERE t.id = $1 AND e.stream_id = $1 AND e.seq = $2 - 1`,
      [stream, seq],
    );
  if (seq === 1) await tables.query("DELETE FROM deployments WHERE id = $1", [stream]);
}

// Every leaf and subtree anew from the events as they are now.
async function rewriteLog(tables: SavedTables): Promise<void> {
  const leaves = await tables.query<{ index: string; stream: string; seq: number; hash: string }>(
    `SELECT l.leaf_index AS index, l.stream_id AS stream, l.seq, e.hash
       FROM log_leaves l JOIN events e USING (stream_id, seq) ORDER BY l.leaf_index`,
  );
  const tree = new GrowingTree();
  for (const leaf of leaves) {
    const hash = hashOfLeaf(leaf);
    await tables.query(
      "UPDATE log_leaves SET event_hash = $2, hash = $3, nodes = $4 WHERE leaf_index = $1 AND hash <> $3 OR leaf_index = $1 AND nodes <> $4",
      [leaf.index, leaf.hash, hash, tree.append(hash)],
    );
  }
}

// A rewritten log differs from what was signed somewhere under the checkpoint that covers the event.
async function firstUnder(tables: SavedTables, index: number): Promise<Named> {
  const [leaf] = await tables.query<Named>(
    "SELECT stream_id AS stream, seq FROM log_leaves WHERE leaf_index = $1",
    [await firstIndexUnder(tables, index)],
  );
  return leaf ?? { stream: null, seq: null };
}

async function firstIndexUnder(tables: SavedTables, index: number): Promise<number> {
  const [row] = await tables.query<{ size: string | null }>(
    "SELECT max(size) AS size FROM log_checkpoints WHERE size <= $1",
    [index],
  );
  return Number(row?.size ?? 0);
}

// A well-formed lie: somebody else did it.
function renamed(body: string): string {
  return body.replace(/("actor":\{.*?"name":")/, "$1X");
}

async function isHeld(tables: SavedTables, { stream }: Spot, event: Stored): Promise<boolean> {
  try {
    await write(tables, stream, event);
    return true;
  } catch (error) {
    if (error instanceof DatabaseError) return false;
    throw error;
  }
}
