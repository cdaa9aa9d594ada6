import { expect, test } from "vitest";
import { loadDeployment } from "#lib/db/load-deployment.ts";
import { pool } from "#lib/db/pool.ts";
import { knownWeight } from "#lib/db/record-weight.ts";
import { reopenPhase } from "#lib/services/phases.ts";
import { finishPhase, makeTeam, openRecord, signAll, toSignOff } from "#test/support/factories.ts";

async function inFull(id: string) {
  const { rows } = await pool().query<{ events: number; bytes: number; contents: number }>(
    `SELECT count(*)::int AS events, sum(octet_length(body))::int AS bytes,
            count(DISTINCT body::jsonb #>> '{data,digest}') FILTER (WHERE type LIKE 'approval.%')::int AS contents
       FROM events WHERE stream_id = $1`,
    [id],
  );
  return rows[0];
}

test("what was weighed once is not weighed again, and the whole comes to the same", async () => {
  const team = await makeTeam();
  const id = await openRecord(team);
  await toSignOff(team, id);
  await signAll(team, id);
  await reopenPhase(team.lead, { deploymentId: id, phase: "final-checks", reason: "Once more" });
  await finishPhase(team, id, "final-checks");
  await signAll(team, id);
  const weights = await Promise.all([1, 2].map(async () => loadDeployment(id, { weighed: true })));
  const full = await inFull(id);
  expect(full?.contents).toBeGreaterThan(1);
  expect(weights.map((loaded) => loaded?.weight)).toEqual([full, full]);
  expect(knownWeight(id).seq).toBe(full?.events);
  expect((await loadDeployment(id))?.weight).toBeNull();
});
