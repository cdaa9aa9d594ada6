import { Pool } from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readTree } from "#lib/db/log-nodes.ts";
import { canonicalText, sha256 } from "#lib/proof/canonical-json.ts";
import { openCheckpoint } from "#lib/proof/checkpoint.ts";
import { GrowingTree } from "#lib/proof/growing-tree.ts";
import { hashOfLeaf } from "#lib/proof/log-leaf.ts";
import { peaks } from "#lib/proof/merkle-tree.ts";
import { makeBundle } from "#lib/services/bundles.ts";
import { addEvidence } from "#lib/services/evidence.ts";
import { sealHistory } from "#lib/services/seal-history.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import { lastSigned, signingKey } from "#lib/signing-key.ts";
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

beforeEach(async () => tables.bringBack("present"));

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

test("of a rewritten event no second leaf is signed, and the first one shows", async () => {
  await appendLeaves(await rewrite());
  await expect(sealHistory()).rejects.toThrow(/^the log holds \d+ events, and \d+ of them were signed$/);
  expect((await verifyHistory()).flaws).toContainEqual(
    expect.objectContaining({ stream: id, seq: FAILED, message: expect.stringContaining("another event") }),
  );
});

test("leaves under another name make no event new: neither signed, nor in a bundle, nor whole alone", async () => {
  for (const { seq } of await rewrite())
    await tables.query(
      "UPDATE log_leaves SET stream_id = gen_random_uuid() WHERE stream_id = $1 AND seq = $2",
      [id, seq],
    );
  await expect(sealHistory()).rejects.toThrow(`event ${FAILED} of ${id} is said to be new`);
  expect(await refusalOf(makeBundle(team.auditor, id))).toBe("history-lost");
  const scope = { kind: "deployment", deploymentId: id } as const;
  expect((await verifyHistory({ scope })).flaws).not.toEqual([]);
});

test("no root is signed over subtrees of somebody's choice", async () => {
  await addEvidence(team.engineer, { deploymentId: id, item: "cdn", content: { kind: "note", text: "New" } });
  const rows = await tables.query<Forged>("SELECT seq, hash FROM events WHERE stream_id = $1 AND seq = 4", [
    id,
  ]);
  await appendLeaves(rows);
  await tables.query(
    "UPDATE log_leaves SET nodes = decode(repeat('ab', length(nodes)), 'hex') WHERE stream_id = $1 AND seq = 4",
    [id],
  );
  await expect(sealHistory()).rejects.toThrow(/were signed$/);
});

test("the checkpoint beside the key is not put back by an older one in the database", async () => {
  const size = () => openCheckpoint(lastSigned() ?? "", signingKey())?.size;
  const before = size();
  await tables.query("ALTER TABLE log_checkpoints ALTER COLUMN size DROP EXPRESSION");
  await tables.query(`UPDATE log_checkpoints SET note = (SELECT note FROM log_checkpoints ORDER BY size LIMIT 1)
                       WHERE size = (SELECT max(size) FROM log_checkpoints)`);
  await expect(sealHistory()).rejects.toThrow(/were signed$/);
  expect(size()).toBe(before);
});
