import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { HOUR } from "#lib/domain/time.ts";
import { checkpointsAbove } from "#lib/db/checkpoints.ts";
import { chain } from "#lib/db/event-chain.ts";
import { pool } from "#lib/db/pool.ts";
import { sealHistory } from "#lib/services/seal-history.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import { moveClock } from "#test/support/database.ts";
import { makeTeam, openRecord } from "#test/support/factories.ts";

test("however many events wait, they come under one checkpoint, and none of them is misdated", async () => {
  const team = await makeTeam();
  const id = await openRecord(team);
  await sealHistory();
  const { rows } = await pool().query<{ revision: number; hash: string }>(
    "SELECT revision, head_hash AS hash FROM deployments WHERE id = $1",
    [id],
  );
  const [head] = rows;
  if (head === undefined) throw new Error("no record");
  const at = new Date().toISOString();
  const actor = { kind: "person", id: team.engineer.id, name: team.engineer.name } as const;
  const entries = Array.from({ length: 5_001 }, (_, place) => ({
    seq: head.revision + place + 1,
    at,
    actor,
    type: "comment.added",
    data: { comment: randomUUID(), item: null, text: "More", mentions: [] },
  }));
  await pool().query(
    `INSERT INTO events (stream_id, seq, body, hash)
     SELECT $1, r.seq, r.body, r.hash FROM jsonb_to_recordset($2::jsonb) AS r(seq int, body text, hash text)`,
    [id, JSON.stringify(chain(id, head.hash, entries))],
  );
  await pool().query("UPDATE deployments SET revision = revision + $2 WHERE id = $1", [id, entries.length]);
  moveClock(HOUR);
  const before = await sealedTimes();
  await sealHistory();
  expect(await sealedTimes()).toBe(before + 1);
  moveClock(0);
  const messages = (await verifyHistory()).flaws.map(({ message }) => message);
  expect(messages.filter((message) => message.includes("was not there"))).toEqual([]);
});

async function sealedTimes(): Promise<number> {
  return (await checkpointsAbove(pool(), 0, 1_000)).length;
}
