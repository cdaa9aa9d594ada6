import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addEvidence } from "#lib/services/evidence.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import { urlFor } from "#test/support/database.ts";
import { makeTeam, openRecord } from "#test/support/factories.ts";

let superuser: Client;
let id: string;

beforeAll(async () => {
  const team = await makeTeam();
  id = await openRecord(team);
  const text = "It FAILED, said “Ünal” at 10:00, naïvely";
  await addEvidence(team.engineer, { deploymentId: id, item: "cdn", content: { kind: "note", text } });
  superuser = new Client({ connectionString: urlFor("superuser") });
  await superuser.connect();
  // As whoever owns the table: the columns say what they are told, and the function what its owner likes.
  await superuser.query(`
    SET session_replication_role = replica;
    ALTER TABLE events DISABLE TRIGGER ALL;
    ALTER TABLE events ALTER COLUMN search DROP EXPRESSION, ALTER COLUMN stone_seq DROP EXPRESSION;
    CREATE OR REPLACE FUNCTION event_search(body text, hash text) RETURNS tsvector LANGUAGE sql IMMUTABLE AS
      $$ SELECT ''::tsvector $$`);
});

afterAll(async () => superuser.end());

test.each([
  ["nothing", "search = ''"],
  ["fewer words", "search = ts_delete(search, 'failed')"],
  ["no search at all", "search = NULL"],
  ["as removed", "stone_seq = 7"],
])("an event that is found by other words than its text has is a flaw: %s", async (_what, change) => {
  const scope = { kind: "deployment", deploymentId: id } as const;
  expect((await verifyHistory({ scope })).flaws).toEqual([]);
  await superuser.query(
    "CREATE TEMP TABLE was AS SELECT seq, search FROM events WHERE stream_id = $1".replace("$1", `'${id}'`),
  );
  await superuser.query(`UPDATE events SET ${change} WHERE stream_id = $1 AND seq = 2`, [id]);
  const found = (await verifyHistory({ scope })).flaws;
  await superuser.query(
    "UPDATE events e SET search = w.search, stone_seq = NULL FROM was w WHERE e.stream_id = $1 AND e.seq = w.seq",
    [id],
  );
  await superuser.query("DROP TABLE was");
  expect(found).toEqual([{ stream: id, seq: 2, message: "what it is found by differs from its text" }]);
});
