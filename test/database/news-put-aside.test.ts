import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pool } from "#lib/db/pool.ts";
import { addComment } from "#lib/services/comments.ts";
import { fanOut, tellAgain } from "#lib/services/fan-out.ts";
import { urlFor } from "#test/support/database.ts";
import { makeTeam, openRecord, type Team } from "#test/support/factories.ts";

const owner = new Client({ connectionString: urlFor("superuser") });

beforeAll(async () => owner.connect());
afterAll(async () => owner.end());

test("news that cannot be told holds up no other, is tried again by itself, and is told in the end", async () => {
  const [team, other] = [await makeTeam(), await makeTeam()];
  // Whatever a row of the outbox may fail by.
  await owner.query(
    `ALTER TABLE notifications ADD CONSTRAINT nobody CHECK (person_id <> '${team.sre.id}') NOT VALID`,
  );
  await name(team, team.sre);
  await name(other, other.sre);
  await fanOut();
  await fanOut();
  expect([await told(team.sre), await told(other.sre)]).toEqual([0, 1]);
  const again = await queued("tell-again");
  expect(again).toHaveLength(1);
  const [row = ""] = again;
  await expect(tellAgain(row)).rejects.toThrow("nobody");
  await owner.query("ALTER TABLE notifications DROP CONSTRAINT nobody");
  await Promise.all([tellAgain(row), tellAgain(row)]);
  await fanOut();
  expect(await told(team.sre)).toBe(1);
});

test("news that was taken back has used up nothing of what its author may bring the team's channels", async () => {
  const team = await makeTeam();
  await owner.query("ALTER TABLE outbox ADD CONSTRAINT unsettled CHECK (fanned_out_at IS NULL) NOT VALID");
  await name(team, team.sre);
  await fanOut();
  await owner.query("ALTER TABLE outbox DROP CONSTRAINT unsettled");
  expect(await counted(team.lead)).toBe(0);
  for (const row of await queued("tell-again")) await tellAgain(row);
  expect(await counted(team.lead)).toBe(1);
});

async function counted({ id }: Team["lead"]): Promise<number> {
  const { rows } = await pool().query<{ points: number }>(
    "SELECT points FROM rate_limits WHERE key LIKE $1",
    [`channel-by-one:${id}%`],
  );
  return rows[0]?.points ?? 0;
}

async function name({ lead, ...team }: Team, { id }: Team["sre"]): Promise<void> {
  const deploymentId = await openRecord({ lead, ...team });
  await addComment(lead, { deploymentId, item: null, text: "Look.", mentions: [id] });
}

async function told({ id }: Team["sre"]): Promise<number> {
  const { rowCount } = await pool().query("SELECT FROM notifications WHERE person_id = $1", [id]);
  return rowCount ?? 0;
}

async function queued(queue: string): Promise<readonly string[]> {
  const { rows } = await pool().query<{ id: string }>(
    "SELECT data ->> 'id' AS id FROM jobs.job WHERE name = $1",
    [queue],
  );
  return rows.map(({ id }) => id);
}
