import { randomUUID } from "node:crypto";
import { Pool } from "pg";
import { afterAll, beforeEach, expect, test } from "vitest";
import { INSTALLATION_ID } from "#lib/db/change-installation.ts";
import { pool } from "#lib/db/pool.ts";
import { canonicalText, sha256 } from "#lib/proof/canonical-json.ts";
import { addEvidence } from "#lib/services/evidence.ts";
import { sealHistory } from "#lib/services/seal-history.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import { urlFor } from "#test/support/database.ts";
import { makeTeam, openRecord, type Team } from "#test/support/factories.ts";

// What somebody writes so that a verification stops there, and names nothing of what else they did.
const superuser = new Pool({ connectionString: urlFor("superuser"), max: 2 });
let team: Team;
let tampered: string;

beforeEach(async () => {
  team = await makeTeam();
  tampered = await openRecord(team);
  await pool().query("UPDATE deployments SET version = 'v6.6.6' WHERE id = $1", [tampered]);
});

afterAll(async () => superuser.end());

/** One event in its chain, as the app's own role may write it; answers with its number. */
async function write(
  table: "deployments" | "installations",
  stream: string,
  said: Readonly<Record<string, unknown>>,
): Promise<number> {
  const { rows } = await pool().query<{ revision: number; head: string }>(
    `SELECT revision, head_hash AS head FROM ${table} WHERE id = $1`,
    [stream],
  );
  const { revision = 0, head = "" } = rows[0] ?? {};
  const seq = revision + 1;
  const actor = { id: team.lead.id, kind: "person", name: team.lead.name };
  const at = new Date().toISOString();
  const body = canonicalText({ actor, at, format: 1, prev: head, seq, stream, ...said });
  await pool().query(
    `WITH event AS (INSERT INTO events (stream_id, seq, body, hash) VALUES ($1, $2, $3, $4) RETURNING hash)
     UPDATE ${table} SET revision = $2, head_hash = (SELECT hash FROM event) WHERE id = $1`,
    [stream, seq, body, sha256(body)],
  );
  return seq;
}

async function namedWith(flaw: object): Promise<void> {
  const { flaws } = await verifyHistory();
  expect(flaws).toContainEqual(expect.objectContaining(flaw));
  expect(flaws).toContainEqual(expect.objectContaining({ stream: tampered, seq: null }));
}

test("events of the installation that tell nothing hide neither records nor its own tables", async () => {
  const seqs: number[] = [];
  for (const type of ["team.webhook-added", "team.webhook-changed", "delegation.created"])
    seqs.push(await write("installations", INSTALLATION_ID, { type, data: { news: null } }));
  await write("installations", INSTALLATION_ID, { type: "service.checks-changed", data: {} });
  await superuser.query("UPDATE users SET name = 'Somebody' WHERE id = $1", [team.lead.id]);
  await namedWith({
    stream: INSTALLATION_ID,
    message:
      `event ${seqs[0]} tells nothing that an installation could have done; ` +
      `name of person ${team.lead.id} differs from what its history tells`,
  });
});

test("an event whose data are no object has not the form of one", async () => {
  const id = await openRecord(team);
  const seq = await write("deployments", id, { type: "comment.added", data: [] });
  await namedWith({ stream: id, seq, message: "its text is not that of an event" });
});

test("a row that nothing can be made of is a flaw of its record", async () => {
  const id = await openRecord(team);
  await addEvidence(team.engineer, { deploymentId: id, item: "cdn", content: { kind: "note", text: "A" } });
  await superuser.query("UPDATE evidence SET recorded_at = 'infinity' WHERE deployment_id = $1", [id]);
  await namedWith({ stream: id, message: expect.stringMatching(/^it cannot be verified: /) });
});

test("neither a false date nor a checkpoint that nobody signed hides what was cut", async () => {
  const id = await openRecord(team);
  await sealHistory();
  const at = "2020-01-01T00:00:00.000Z";
  const data = { comment: randomUUID(), item: null, text: "Long ago", mentions: [] };
  const seq = await write("deployments", id, { type: "comment.added", at, data });
  await sealHistory();
  await pool().query("INSERT INTO log_checkpoints (note) VALUES ($1)", [
    "nobody\n1\nAAAA\ntime 2026-01-01T00:00:00.000Z\n\n— nobody AAAAAAAA\n",
  ]);
  await openRecord(team);
  await sealHistory();
  await superuser.query("ALTER TABLE log_leaves DISABLE TRIGGER ALL");
  await superuser.query("DELETE FROM log_leaves WHERE leaf_index = (SELECT max(leaf_index) FROM log_leaves)");
  await namedWith({ stream: id, seq, message: expect.stringContaining(`it is dated ${at}`) });
  await namedWith({ stream: null, message: expect.stringContaining("over 1 events is not signed") });
  await namedWith({ stream: null, message: expect.stringContaining("the history was cut") });
});
