import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { now } from "#lib/clock.ts";
import { DAY, laterBy } from "#lib/domain/time.ts";
import { pendingBreakGlass } from "#lib/domain/break-glass-request.ts";
import { addComment, deleteComment, editComment } from "#lib/services/comments.ts";
import { assignItems, setItemsDue } from "#lib/services/assignments.ts";
import { rejectApproval, answerRejection } from "#lib/services/approvals.ts";
import { requestBreakGlass, withdrawBreakGlass } from "#lib/services/break-glass.ts";
import { addEvidence, addFile } from "#lib/services/evidence.ts";
import { createFreeze, liftFreeze } from "#lib/services/freezes.ts";
import { setLegalHold } from "#lib/services/legal-holds.ts";
import { settleItem } from "#lib/services/checklist-items.ts";
import { startPhase } from "#lib/services/phases.ts";
import { triggerRollback } from "#lib/services/rollback.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import { contentDigest } from "#lib/db/content-digest.ts";
import { pool } from "#lib/db/pool.ts";
import { urlFor } from "#test/support/database.ts";
import {
  load,
  makePerson,
  makeTeam,
  openRecord,
  PASSWORD,
  signAll,
  toSignOff,
} from "#test/support/factories.ts";

/** The tables that hold a record, and by which column they name it. */
const TABLES: Readonly<Record<string, string>> = {
  deployments: "id",
  phases: "deployment_id",
  checklist_items: "deployment_id",
  evidence: "deployment_id",
  approvals: "deployment_id",
  rejection_answers: "deployment_id",
  break_glass: "deployment_id",
  comments: "deployment_id",
  freeze_lifts: "deployment_id",
  files: "deployment_id",
};

/** Columns that nobody is shown: a copy for a constraint; when bytes came. */
const SILENT: readonly string[] = ["approvals.may_hold_several_roles", "files.stored_at"];

let id: string;
let superuser: Client;

beforeAll(async () => {
  superuser = new Client({ connectionString: urlFor("superuser") });
  await superuser.connect();
  // As whoever owns the machine: no trigger and no foreign key stands in the way.
  await superuser.query("SET session_replication_role = replica");
  id = await fullRecord();
  for (const table of Object.keys(TABLES)) await disarm(table);
});

afterAll(async () => superuser.end());

/** Takes away whatever the table itself refuses, since its owner can. */
async function disarm(table: string): Promise<void> {
  await superuser.query(`ALTER TABLE ${table} DISABLE TRIGGER ALL`);
  const { rows } = await superuser.query<{ sql: string }>(
    `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I CASCADE', conrelid::regclass, conname) AS sql
       FROM pg_constraint WHERE conrelid = $1::regclass AND contype IN ('c', 'u')
     UNION ALL SELECT format('ALTER TABLE %s ALTER COLUMN %I DROP NOT NULL', attrelid::regclass, attname)
       FROM pg_attribute WHERE attrelid = $1::regclass AND attnotnull AND attnum > 0
        AND attnum <> ALL (SELECT unnest(conkey) FROM pg_constraint WHERE conrelid = $1::regclass AND contype = 'p')`,
    [table],
  );
  for (const { sql } of rows) await superuser.query(sql);
}

/** A record with a row in each of the tables. */
async function fullRecord(): Promise<string> {
  const team = await makeTeam();
  const environment = `env ${randomUUID().slice(0, 8)}`;
  const deploymentId = await openRecord(team, {
    environment,
    links: [{ title: "Plan", url: "https://x.example/" }],
  });
  const ref = { deploymentId };
  await assignItems(team.lead, { ...ref, items: ["cdn"], ownerId: team.engineer.id });
  await setItemsDue(team.lead, { ...ref, items: ["cdn"], dueAt: laterBy(now(), DAY) });
  const bytes = new TextEncoder().encode("a report");
  await addFile(team.engineer, { ...ref, item: "cdn", name: "report.txt", bytes });
  await addEvidence(team.engineer, { ...ref, item: "cdn", content: { kind: "note", text: "Looked at it." } });
  await settleItem(team.lead, deploymentId, { item: "bundle-sizes", to: "not-applicable", reason: "None" });
  const said = { ...ref, item: "cdn", text: "Hello", mentions: [team.lead.id] };
  const commentId = await addComment(team.engineer, said);
  await editComment(team.engineer, { ...ref, commentId, text: "Hello there", mentions: [] });
  await deleteComment(team.engineer, { ...ref, commentId: await addComment(team.engineer, said) });
  await toSignOff(team, deploymentId);
  await requestBreakGlass(team.lead, { ...ref, phase: "deployment", reason: "It cannot wait" });
  const request = pendingBreakGlass((await load(deploymentId)).breakGlass)?.request ?? 0;
  await withdrawBreakGlass(team.lead, { ...ref, request });
  await rejectApproval(team.engineeringLead, {
    ...ref,
    role: "engineering-lead",
    digest: contentDigest(await load(deploymentId)),
    proof: { kind: "password", password: PASSWORD },
    reason: "Not yet",
  });
  await answerRejection(team.lead, { ...ref, round: 1, answer: "Now" });
  await signAll(team, deploymentId);
  const span = { startsAt: now(), endsAt: laterBy(now(), DAY), reason: "Holidays" };
  const freezeId = await createFreeze(team.lead, { team: team.name, environment, ...span });
  const second = await makePerson("team-lead", team.id);
  await liftFreeze(second, { ...ref, freezeId, reason: "A fix" });
  await startPhase(team.engineer, { ...ref, phase: "deployment" });
  await setLegalHold(team.auditor, { ...ref, reason: "A claim" });
  await triggerRollback(team.engineer, { ...ref, reason: "Errors" });
  return deploymentId;
}

const flaws = async () => (await verifyHistory({ scope: { kind: "deployment", deploymentId: id } })).flaws;

test("what nobody touched is whole", async () => {
  expect(await flaws()).toEqual([]);
});

test("another name of its service is found", async () => {
  await superuser.query("UPDATE services SET name = name || 'x'");
  expect(await flaws()).toHaveLength(1);
  await superuser.query("UPDATE services SET name = left(name, -1)");
  expect(await flaws()).toEqual([]);
});

test("none that is found hides another", async () => {
  const edits = [
    ["comments", "text = text || 'x'", "text = left(text, -1)", "comments"],
    ["deployments", "legal_hold_reason = 'xx'", "legal_hold_reason = 'A claim'", "legalHold"],
    ["deployments", "status = 'xx'", `status = (SELECT status FROM kept_status)`, "line on the board"],
    ["files", "name = name || 'x'", "name = left(name, -1)", "not the one that was recorded"],
  ] as const;
  await superuser.query("CREATE TEMP TABLE kept_status AS SELECT status FROM deployments WHERE id = $1", [
    id,
  ]);
  for (const [table, edit] of edits)
    await superuser.query(`UPDATE ${table} SET ${edit} WHERE ${TABLES[table]} = $1`, [id]);
  const [found, ...others] = await flaws();
  for (const [, , , named] of edits) expect(found?.message).toContain(named);
  expect(others).toEqual([]);
  for (const [table, , back] of edits)
    await superuser.query(`UPDATE ${table} SET ${back} WHERE ${TABLES[table]} = $1`, [id]);
  expect(await flaws()).toEqual([]);
});

test.each(Object.keys(TABLES))("a changed value in any column of %s is found", async (table) => {
  const key = TABLES[table] ?? "id";
  const { rows: columns } = await pool().query<{ name: string; type: string }>(
    `SELECT column_name AS name, udt_name AS type FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER' ORDER BY ordinal_position`,
    [table],
  );
  expect(columns.length).toBeGreaterThan(0);
  const { rows: had } = await pool().query(`SELECT FROM ${table} WHERE ${key} = $1`, [id]);
  expect(had.length).toBeGreaterThan(0);
  const unseen: string[] = [];
  for (const { name, type } of columns) {
    if (name === key || SILENT.includes(`${table}.${name}`)) continue;
    for (const edit of editsOf(name, type)) {
      await superuser.query(`CREATE TEMP TABLE kept AS SELECT * FROM ${table}`);
      try {
        if ((await carryOut(table, key, edit)) && (await flaws()).length === 0) unseen.push(edit.set);
      } finally {
        await superuser.query(`DELETE FROM ${table}`);
        await superuser.query(`INSERT INTO ${table} SELECT * FROM kept`);
        await superuser.query("DROP TABLE kept");
      }
    }
  }
  expect(unseen).toEqual([]);
});

type Edit = { readonly where: string; readonly set: string };

/** Another value where there is one, none where there is one, and one where there is none. */
function editsOf(column: string, type: string): readonly Edit[] {
  const value = `${column} = ${otherThan(`t.${column}`, type)}`;
  return [
    { where: `${column} IS NOT NULL`, set: value },
    { where: `${column} IS NOT NULL`, set: `${column} = NULL` },
    { where: `${column} IS NULL`, set: value },
  ];
}

/** Changes one row of the record; false when there is none, or a key refuses it. */
async function carryOut(table: string, key: string, { where, set }: Edit): Promise<boolean> {
  const row = `SELECT ctid FROM ${table} WHERE ${key} = $1 AND ${where} LIMIT 1`;
  try {
    const { rowCount } = await superuser.query(`UPDATE ${table} t SET ${set} WHERE ctid = (${row})`, [id]);
    return rowCount === 1;
  } catch {
    return false;
  }
}

function otherThan(column: string, type: string): string {
  switch (type) {
    case "bool":
      return `NOT coalesce(${column}, false)`;
    case "int4":
      return `coalesce(${column}, 0) + 1`;
    case "timestamptz":
      return `coalesce(${column}, now()) + interval '1 second'`;
    case "uuid":
      return `gen_random_uuid()`;
    case "_uuid":
      return `${column} || gen_random_uuid()`;
    case "_text":
      return `${column} || 'security'::text`;
    case "jsonb":
      return `CASE WHEN ${column} = '{}' THEN '[]'::jsonb ELSE '{}'::jsonb END`;
    case "bytea":
      return `${column} || '\\x00'::bytea`;
    default:
      return `coalesce(${column}, '') || 'x'`;
  }
}
