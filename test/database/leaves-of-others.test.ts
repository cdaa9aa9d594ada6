import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { logSize } from "#lib/db/append-to-log.ts";
import { readTree } from "#lib/db/log-nodes.ts";
import { pool } from "#lib/db/pool.ts";
import { signCheckpoint } from "#lib/proof/checkpoint.ts";
import { GrowingTree } from "#lib/proof/growing-tree.ts";
import { hashOfLeaf } from "#lib/proof/log-leaf.ts";
import { peaks } from "#lib/proof/merkle-tree.ts";
import { parseSigningKey, signingKeyText } from "#lib/proof/note-keys.ts";
import { proofState } from "#lib/queries/proof-state.ts";
import { makeBundle } from "#lib/services/bundles.ts";
import { settleItem } from "#lib/services/checklist-items.ts";
import { sealHistory } from "#lib/services/seal-history.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import { signingKey } from "#lib/signing-key.ts";
import { urlFor } from "#test/support/database.ts";
import { makeTeam, openRecord, type Team } from "#test/support/factories.ts";

// What somebody can do to the log with the app's own role, and without the key: append to it.
let app: Client;
let team: Team;
let id: string;

beforeAll(async () => {
  app = new Client({ connectionString: urlFor("app") });
  await app.connect();
  team = await makeTeam();
});

beforeEach(async () => {
  id = await openRecord(team);
  await settleItem(team.engineer, id, { item: "mtls-enabled", to: "done" });
  await settleItem(team.engineer, id, { item: "mtls-enabled", to: "open" });
});

afterAll(async () => app.end());

/** Appends the leaf of one event, with subtrees of one's own choice or the true ones. */
async function append(seq: number, nodesOf: (nodes: Buffer) => Buffer = (nodes) => nodes): Promise<void> {
  const { rows } = await app.query<{ hash: string }>(
    "SELECT hash FROM events WHERE stream_id = $1 AND seq = $2",
    [id, seq],
  );
  const size = await logSize(pool());
  const tree = new GrowingTree(size, await readTree(pool(), (node) => peaks(size).map(node)));
  const eventHash = rows[0]?.hash ?? "";
  const hash = hashOfLeaf({ stream: id, seq, hash: eventHash });
  await app.query(
    "INSERT INTO log_leaves (leaf_index, stream_id, seq, event_hash, hash, nodes) VALUES ($1, $2, $3, $4, $5, $6)",
    [size, id, seq, eventHash, hash, nodesOf(tree.append(hash))],
  );
}

async function writeCheckpoint(size: number): Promise<void> {
  const stranger = parseSigningKey(signingKeyText(signingKey().name, randomBytes(32))) ?? signingKey();
  const note = signCheckpoint({ size, root: randomBytes(32), at: "2190-01-01T00:00:00.000Z" }, stranger);
  await app.query("INSERT INTO log_checkpoints (note) VALUES ($1)", [note]);
}

test("a leaf that is as the server would append it is signed with the others", async () => {
  await append(1);
  await append(2);
  const sealed = await sealHistory();
  expect(sealed?.size).toBe(await logSize(pool()));
  const { rows } = await pool().query("SELECT FROM log_leaves WHERE stream_id = $1", [id]);
  expect(rows).toHaveLength(3);
  expect((await verifyHistory()).flaws).toEqual([]);
});

test("one alone is signed as well, and nothing else is waited for", async () => {
  await sealHistory();
  await settleItem(team.engineer, id, { item: "mtls-enabled", to: "done" });
  await append(4);
  const sealed = await sealHistory();
  expect(sealed?.size).toBe(await logSize(pool()));
  expect(await sealHistory()).toEqual(sealed);
  expect((await verifyHistory()).flaws).toEqual([]);
});

test("the database takes no leaf that leaves one out, and no subtrees of somebody's choice", async () => {
  await expect(append(2)).rejects.toThrow("one after another");
  for (const nodes of [randomBytes(32), randomBytes(64)])
    await expect(append(1, () => nodes)).rejects.toThrow("no other subtrees");
  // Of two leaves one after another, one completes a subtree.
  await append(1);
  await expect(append(2, (nodes) => Buffer.concat([nodes, randomBytes(32)]))).rejects.toThrow(
    "no other subtrees",
  );
  await sealHistory();
  expect((await verifyHistory()).flaws).toEqual([]);
});

test.each(["and others beside it", "alone"])(
  "signed, and unknown to the database, it is brought there as it was signed: %s",
  async (among) => {
    await sealHistory();
    const before = await logSize(pool());
    await settleItem(team.engineer, id, { item: "mtls-enabled", to: "done" });
    await append(4);
    if (among !== "alone") await settleItem(team.engineer, id, { item: "mtls-enabled", to: "open" });
    const signed = await sealHistory();
    const superuser = new Client({ connectionString: urlFor("superuser") });
    await superuser.connect();
    await superuser.query(
      "ALTER TABLE log_checkpoints DISABLE TRIGGER USER; ALTER TABLE log_leaves DISABLE TRIGGER USER",
    );
    await superuser.query("DELETE FROM log_checkpoints WHERE size = $1", [signed?.size]);
    await superuser.query("DELETE FROM log_leaves WHERE leaf_index > $1", [before]);
    await superuser.query(
      `ALTER TABLE log_checkpoints ENABLE ALWAYS TRIGGER log_checkpoints_append_only;
       ALTER TABLE log_leaves ENABLE ALWAYS TRIGGER log_leaves_append_only;
       ALTER TABLE log_leaves ENABLE ALWAYS TRIGGER log_leaves_true`,
    );
    await superuser.end();
    expect((await verifyHistory()).flaws).toEqual([]);
    expect(await sealHistory()).toEqual(signed);
    expect((await verifyHistory()).flaws).toEqual([]);
  },
);

// Last: a checkpoint that nobody signed is a flaw for good.
test("a checkpoint that the key has not signed holds up no signature, and no bundle", async () => {
  await sealHistory();
  const before = await logSize(pool());
  await settleItem(team.engineer, id, { item: "mtls-enabled", to: "done" });
  await append(4);
  await writeCheckpoint(before + 1);
  // It stands where the next would: so the next is over one event more.
  expect((await sealHistory())?.size).toBe(before);
  await settleItem(team.engineer, id, { item: "mtls-enabled", to: "open" });
  expect((await sealHistory())?.size).toBe(before + 2);
  expect((await proofState(team.auditor)).checkpoint?.size).toBe(before + 2);
  const { chunks } = await makeBundle(team.auditor, id);
  for await (const chunk of chunks) expect(chunk.length).toBeGreaterThan(0);
  expect((await verifyHistory()).flaws).toEqual([
    {
      stream: null,
      seq: null,
      message: `the checkpoint over ${before + 1} events is not signed by this installation's key`,
    },
  ]);
});
