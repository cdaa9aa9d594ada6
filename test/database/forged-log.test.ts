import { Pool } from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { logRoot, logSize } from "#lib/db/append-to-log.ts";
import { readTree } from "#lib/db/log-nodes.ts";
import { canonicalText, sha256 } from "#lib/proof/canonical-json.ts";
import { openCheckpoint, signCheckpoint } from "#lib/proof/checkpoint.ts";
import { GrowingTree } from "#lib/proof/growing-tree.ts";
import { hashOfLeaf } from "#lib/proof/log-leaf.ts";
import { peaks } from "#lib/proof/merkle-tree.ts";
import { chainState } from "#lib/queries/chain-state.ts";
import { makeBundle } from "#lib/services/bundles.ts";
import { addEvidence } from "#lib/services/evidence.ts";
import { sealHistory } from "#lib/services/seal-history.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import { lastSigned } from "#lib/last-signed.ts";
import { signingKey } from "#lib/signing-key.ts";
import { pool } from "#lib/db/pool.ts";
import { urlFor } from "#test/support/database.ts";
import { makeTeam, openRecord, refusalOf, type Team } from "#test/support/factories.ts";
import { SavedTables } from "../../proof/support/saved-tables.ts";

// What an administrator of the database can do, who does not have the signing key: the log's own
// constraints out of the way, every table theirs, and the server going on to sign by itself.
const TABLES = ["events", "log_leaves", "log_checkpoints", "deployments", "installations", "evidence"];
const FAILED = 2;

let superuser: Pool;
let tables: SavedTables;
let team: Team;
let id: string;
// What was signed last goes on being so: a test that signs leaves its state to the next.
let present = "present";

beforeAll(async () => {
  superuser = new Pool({ connectionString: urlFor("superuser"), max: 2 });
  team = await makeTeam();
  id = await openRecord(team);
  await sealHistory();
  for (const text of ["It FAILED", "Later"]) {
    await addEvidence(team.engineer, { deploymentId: id, item: "cdn", content: { kind: "note", text } });
    await sealHistory();
  }
  tables = await SavedTables.of(superuser, TABLES);
  await tables.save("present");
  await tables.disarm();
  await tables.query("ALTER TABLE log_leaves DROP CONSTRAINT log_leaves_stream_id_seq_key");
  await tables.query("ALTER TABLE log_leaves DROP CONSTRAINT log_leaves_hash");
});

beforeEach(async () => tables.bringBack(present));

afterAll(async () => {
  tables.release();
  await superuser.end();
});

type Forged = { readonly seq: number; readonly hash: string };

/** The failing evidence passes now, and everything after it is chained again; the tables say the same. */
async function rewrite(): Promise<readonly Forged[]> {
  const rows = await tables.query<{ seq: number; body: string }>(
    "SELECT seq, body FROM events WHERE stream_id = $1 ORDER BY seq",
    [id],
  );
  const forged: Forged[] = [];
  let prev = sha256(rows[FAILED - 2]?.body ?? "");
  for (const { seq, body } of rows.slice(FAILED - 1)) {
    const entry: object = JSON.parse(body.replace("It FAILED", "It passed"));
    const text: string = canonicalText({ ...entry, prev });
    prev = sha256(text);
    forged.push({ seq, hash: prev });
    await tables.query("UPDATE events SET body = $3, hash = $4 WHERE stream_id = $1 AND seq = $2", [
      id,
      seq,
      text,
      prev,
    ]);
  }
  await tables.query("UPDATE deployments SET head_hash = $2 WHERE id = $1", [id, prev]);
  await tables.query(
    "UPDATE evidence SET content = replace(content::text, 'It FAILED', 'It passed')::jsonb WHERE deployment_id = $1",
    [id],
  );
  return forged;
}

async function appendLeaves(forged: readonly Forged[]): Promise<void> {
  const [log] = await tables.query<{ size: number }>(
    "SELECT (max(leaf_index) + 1)::int AS size FROM log_leaves",
  );
  const size = log?.size ?? 0;
  const tree = new GrowingTree(size, await readTree(pool(), (node) => peaks(size).map(node)));
  for (const { seq, hash: eventHash } of forged) {
    const hash = hashOfLeaf({ stream: id, seq, hash: eventHash });
    const leaf = [tree.size, id, seq, eventHash, hash];
    await tables.query(
      "INSERT INTO log_leaves (leaf_index, stream_id, seq, event_hash, hash, nodes) VALUES ($1, $2, $3, $4, $5, $6)",
      [...leaf, tree.append(hash)],
    );
  }
}

/** Old leaves under another name, so that their events look new. */
async function relabel(forged: readonly Forged[]): Promise<void> {
  for (const { seq } of forged)
    await tables.query(
      "UPDATE log_leaves SET stream_id = gen_random_uuid() WHERE stream_id = $1 AND seq = $2",
      [id, seq],
    );
}

test("leaves under another name make no event new: neither signed, nor in a bundle, nor whole alone", async () => {
  await relabel(await rewrite());
  // The last of them was sealed just now, and the key's signature vouches for the name that it had.
  await expect(sealHistory()).rejects.toThrow(/are not those that the checkpoint of .* signed$/);
  expect(await refusalOf(makeBundle(team.auditor, id))).toBe("history-lost");
  const scope = { kind: "deployment", deploymentId: id } as const;
  expect((await verifyHistory({ scope })).flaws).not.toEqual([]);
  await tables.bringBack("present");
  await sealHistory();
  await relabel(await rewrite());
  await expect(sealHistory()).rejects.toThrow(`event ${FAILED} of ${id} is said to be new`);
});

test("of a rewritten event no second leaf is signed, and the first one shows", async () => {
  await appendLeaves(await rewrite());
  await expect(sealHistory()).rejects.toThrow(`event ${FAILED} of ${id} is said to be new`);
  expect((await verifyHistory()).flaws).toContainEqual(
    expect.objectContaining({ stream: id, seq: FAILED, message: expect.stringContaining("another event") }),
  );
  expect((await chainState(id)).flaw).toMatchObject({ seq: FAILED });
});

test("a column of another type makes no event new either", async () => {
  await relabel(await rewrite());
  await tables.query(`
    ALTER TABLE events RENAME TO events_true;
    CREATE VIEW events AS SELECT ARRAY[stream_id::text] AS stream_id, seq, body, hash, at FROM events_true;
    GRANT SELECT ON events TO countersign_app;
    CREATE FUNCTION same(text[], uuid) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1[1] = $2::text';
    CREATE OPERATOR = (LEFTARG = text[], RIGHTARG = uuid, FUNCTION = same)`);
  await expect(sealHistory()).rejects.toThrow("the database tells events that have no such form");
  await tables.query("DROP VIEW events; ALTER TABLE events_true RENAME TO events");
});

test("no root is signed over subtrees of somebody's choice", async () => {
  await addEvidence(team.engineer, { deploymentId: id, item: "cdn", content: { kind: "note", text: "New" } });
  const rows = await tables.query<Forged>("SELECT seq, hash FROM events WHERE stream_id = $1 AND seq = 4", [
    id,
  ]);
  await appendLeaves(rows);
  await tables.query(
    "UPDATE log_leaves SET nodes = decode(repeat('ab', 32), 'hex') WHERE stream_id = $1 AND seq = 4",
    [id],
  );
  await expect(sealHistory()).rejects.toThrow(/^entry \d+ of the log is not what belongs there/);
});

test("no leaf is signed that leaves an event out, and none of an event that is another now", async () => {
  for (const text of ["One", "Two"])
    await addEvidence(team.engineer, { deploymentId: id, item: "cdn", content: { kind: "note", text } });
  const rows = await tables.query<Forged>(
    "SELECT seq, hash FROM events WHERE stream_id = $1 AND seq > 3 ORDER BY seq",
    [id],
  );
  await tables.save("unsigned");
  await appendLeaves(rows.slice(1));
  await expect(sealHistory()).rejects.toThrow(`event 5 of ${id} is said to be the next after 3`);
  await tables.bringBack("unsigned");
  await appendLeaves(rows.map(({ seq }) => ({ seq, hash: sha256(`another ${seq}`) })));
  await expect(sealHistory()).rejects.toThrow(/^entry \d+ of the log is not what belongs there/);
});

test("a head that was signed once, beside the log that went on, is in no bundle", async () => {
  const forged = await rewrite();
  await relabel(forged);
  await appendLeaves(forged);
  const size = await logSize(pool());
  const head = { size, root: await logRoot(pool(), size), at: new Date().toISOString() };
  await tables.query("INSERT INTO log_checkpoints (note) VALUES ($1)", [signCheckpoint(head, signingKey())]);
  await tables.save("forged");
  await tables.bringBack(present);
  await openRecord(team);
  await sealHistory();
  present = "grown";
  await tables.save(present);
  // The seal, which holds its lock, is told the truth, and everybody else the other log.
  await tables.query(`
    CREATE FUNCTION is_seal() RETURNS boolean LANGUAGE sql VOLATILE AS
      $$ SELECT EXISTS (SELECT FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'advisory') $$;
    GRANT USAGE ON SCHEMA forged TO countersign_app;
    GRANT SELECT ON ALL TABLES IN SCHEMA forged TO countersign_app`);
  const views = ["events", "log_leaves", "log_checkpoints"];
  for (const name of views)
    await tables.query(`
      ALTER TABLE ${name} RENAME TO ${name}_true;
      CREATE VIEW ${name} AS SELECT * FROM ${name}_true WHERE is_seal() UNION ALL SELECT * FROM forged.${name} WHERE NOT is_seal();
      GRANT SELECT ON ${name} TO countersign_app`);
  expect(await refusalOf(makeBundle(team.auditor, id))).toBe("history-lost");
  for (const name of views)
    await tables.query(`DROP VIEW ${name}; ALTER TABLE ${name}_true RENAME TO ${name}`);
});

test("what was signed and never reached the database is brought there as it was signed", async () => {
  await addEvidence(team.engineer, { deploymentId: id, item: "cdn", content: { kind: "note", text: "New" } });
  const signed = await sealHistory();
  await tables.query("DELETE FROM log_leaves WHERE leaf_index >= $1", [(signed?.size ?? 0) - 1]);
  await tables.query("DELETE FROM log_checkpoints WHERE size = $1", [signed?.size]);
  expect((await verifyHistory()).flaws).toEqual([]);
  await addEvidence(team.engineer, {
    deploymentId: id,
    item: "cdn",
    content: { kind: "note", text: "More" },
  });
  await sealHistory();
  const kept = await tables.query("SELECT note FROM log_checkpoints WHERE size = $1", [signed?.size]);
  expect(kept).toEqual([{ note: signed?.note }]);
  expect((await verifyHistory()).flaws).toEqual([]);

  // Another event in the place of one that was signed so is nobody's.
  await tables.save("later");
  await addEvidence(team.engineer, { deploymentId: id, item: "cdn", content: { kind: "note", text: "No" } });
  await sealHistory();
  await tables.bringBack("later");
  await addEvidence(team.engineer, { deploymentId: id, item: "cdn", content: { kind: "note", text: "Yes" } });
  await expect(sealHistory()).rejects.toThrow(/^the database does not continue the checkpoint over/);
  expect(await refusalOf(makeBundle(team.auditor, id))).toBe("history-lost");
});

// Last: a column of the log is another one afterwards.
test("the checkpoint beside the key is not put back by an older one in the database", async () => {
  const size = () => openCheckpoint(lastSigned()?.note ?? "", signingKey())?.size;
  const before = size();
  await tables.query("ALTER TABLE log_checkpoints ALTER COLUMN size DROP EXPRESSION");
  await tables.query(`UPDATE log_checkpoints SET note = (SELECT note FROM log_checkpoints ORDER BY size LIMIT 1)
                       WHERE size = (SELECT max(size) FROM log_checkpoints)`);
  await expect(sealHistory()).rejects.toThrow(/^the database does not continue the checkpoint over/);
  expect(size()).toBe(before);
});
