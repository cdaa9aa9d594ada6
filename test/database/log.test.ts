import { readFileSync, statSync } from "node:fs";
import { Client } from "pg";
import { beforeAll, expect, test } from "vitest";
import { checkpointsAbove, latestCheckpoint } from "#lib/db/checkpoints.ts";
import { logRoot, logSize } from "#lib/db/append-to-log.ts";
import { readTree } from "#lib/db/log-nodes.ts";
import { pool } from "#lib/db/pool.ts";
import { provesConsistency } from "#lib/proof/check-tree.ts";
import { openCheckpoint } from "#lib/proof/checkpoint.ts";
import { consistencyProof } from "#lib/proof/merkle-tree.ts";
import { settleItem } from "#lib/services/checklist-items.ts";
import { sealHistory } from "#lib/services/seal-history.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import { signingKey } from "#lib/signing-key.ts";
import { urlFor } from "#test/support/database.ts";
import { finishPhase, makeTeam, openRecord, type Team } from "#test/support/factories.ts";

let team: Team;

beforeAll(async () => {
  team = await makeTeam();
});

test("the key is made once, in a file that others cannot read", () => {
  const path = process.env.COUNTERSIGN_SIGNING_KEY ?? "";
  const { text } = signingKey();
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path, "utf8")).toMatch(/^PRIVATE\+KEY\+countersign\/[0-9a-f]{16}\+[0-9a-f]{8}\+/);
  expect(text).toMatch(/^countersign\/[0-9a-f]{16}\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$/);
});

test("every event enters the log once, under signed heads that continue each other", async () => {
  const id = await openRecord(team);
  await finishPhase(team, id, "pre-deployment");
  const first = await sealHistory();
  await settleItem(team.engineer, await openRecord(team), { item: "mtls-enabled", to: "done" });
  const second = await sealHistory();
  expect(await sealHistory()).toEqual(second);
  const { rows } = await pool().query<{ count: string }>("SELECT count(*) FROM events");
  expect(await logSize(pool())).toBe(Number(rows[0]?.count));
  const [a, b] = [first, second].map((checkpoint) => openCheckpoint(checkpoint?.note ?? "", signingKey()));
  if (!a || !b) throw new Error("a checkpoint is not signed");
  expect([b.size - a.size, await logRoot(pool(), b.size)]).toEqual([2, b.root]);
  const read = await readTree(pool(), (node) => consistencyProof(a.size, b.size, node));
  expect(provesConsistency(a.size, b.size, consistencyProof(a.size, b.size, read), a.root, b.root)).toBe(
    true,
  );
  expect((await verifyHistory()).flaws).toEqual([]);
  for (const scope of [
    { kind: "deployment", deploymentId: id } as const,
    { kind: "range", from: "2000-01-01T00:00:00.000Z", to: "2190-01-01T00:00:00.000Z" } as const,
  ])
    expect((await verifyHistory({ scope })).flaws).toEqual([]);
});

test("many at once log each event once", async () => {
  const records = await Promise.all(Array.from({ length: 5 }, async () => openRecord(team)));
  await Promise.all([
    ...records.map(async (id) => settleItem(team.engineer, id, { item: "mtls-enabled", to: "done" })),
    ...Array.from({ length: 6 }, async () => sealHistory()),
  ]);
  await sealHistory();
  const { rows } = await pool().query<{ events: string; leaves: string }>(
    "SELECT (SELECT count(*) FROM events) AS events, (SELECT count(*) FROM log_leaves) AS leaves",
  );
  expect(rows[0]?.leaves).toBe(rows[0]?.events);
  expect((await verifyHistory()).flaws).toEqual([]);
  const all = await checkpointsAbove(pool(), 0, 100);
  expect(all.at(-1)).toEqual(await latestCheckpoint(pool()));
});

test.each([
  "UPDATE log_leaves SET seq = seq",
  "DELETE FROM log_leaves",
  "TRUNCATE log_leaves",
  "UPDATE log_checkpoints SET note = note",
  "DELETE FROM log_checkpoints",
  "TRUNCATE log_checkpoints CASCADE",
  "DELETE FROM checkpoint_deliveries",
  "UPDATE checkpoint_deliveries SET error = NULL",
  "ALTER TABLE log_leaves DISABLE TRIGGER ALL",
  "DELETE FROM verifications",
])("the app's role is refused: %s", async (sql) => {
  const client = new Client({ connectionString: urlFor("app") });
  await client.connect();
  await expect(client.query(sql).finally(async () => client.end())).rejects.toThrow(
    /permission denied|must be owner|append-only/,
  );
});

test.each([
  [
    "an event that is not there",
    "('00000000-0000-4000-8000-00000000000f'::uuid, 1, repeat('0', 64))",
    "events that exist",
  ],
  ["another hash for an event", "(SELECT e.stream_id, e.seq, e.hash FROM events e LIMIT 1)", "log_leaves"],
])("the database refuses a leaf with %s", async (_title, row, refusal) => {
  const client = new Client({ connectionString: urlFor("app") });
  await client.connect();
  const values = row.startsWith("(SELECT") ? row : `(SELECT * FROM (VALUES ${row}) v(stream_id, seq, hash))`;
  const sql = `INSERT INTO log_leaves (leaf_index, stream_id, seq, event_hash, hash, nodes)
    SELECT (SELECT max(leaf_index) + 1 FROM log_leaves), r.stream_id, r.seq, r.hash, sha256('x'), '' FROM ${values} r`;
  await expect(client.query(sql).finally(async () => client.end())).rejects.toThrow(refusal);
});
