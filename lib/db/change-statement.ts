import type { ChangedRows } from "./deployment-rows.ts";
import { CHANGES } from "./notices.ts";

/** Whether a record that stands changes, by a keyed request or without, or a new one is opened. */
export type Head = keyof typeof HEADS;

type List = Exclude<keyof ChangedRows, "deployment">;
type Part = { readonly list: List; readonly table: string; readonly text: string };

/**
 * The one statement that writes a record, those lists of its rows that hold any, and its events: a tick
 * opens no table but those that it changes. Parameters: $1 the record's id, $2 the revision that it was
 * decided on, $3 the rows by list, and from $4 the file, if there is one. Answers with `count`: 0 if the
 * revision has moved on, and then nothing is written, since all rows hang on `head`; and with `claimed`: false
 * if the request, or a repeat of it, took effect before, and then nothing is written either.
 */
export function changeStatement(
  head: Head,
  rows: ChangedRows,
  withFile: boolean,
): { readonly name: string; readonly text: string } {
  const filled = Object.values(PARTS).filter(({ list }) => rows[list].length > 0);
  const parts = [...filled.map(({ text }) => text), ...(withFile ? [FILE] : []), EVENT];
  const ctes = parts.map((part, index) => `part_${index} AS (${part})`);
  return {
    name: [head, ...filled.map(({ list }) => list), ...(withFile ? ["file"] : [])].join("-"),
    text: `WITH ${[HEADS[head], ...ctes].join(",\n")}
SELECT count(${NOTICE})::int AS count, ${head === "claimed" ? CLAIMED : "true"} AS claimed FROM head`,
  };
}

// Legal hold is not among them: a trigger follows its events.
const CHANGED_COLUMNS = [
  "version",
  "commit",
  "environment",
  "deployment_at",
  "deployed_by_id",
  "deployed_by_name",
  "links",
  "slo",
  "revision",
  "head_hash",
  "t0_at",
  "sign_off_round",
  "rollback_at",
  "rollback_by_id",
  "rollback_by_name",
  "rollback_reason",
  "frozen_phase",
  "ended_at",
  "ended_by_id",
  "ended_by_name",
  "outcome",
  "ended_reason",
  "status",
  "awaited_roles",
  "break_glass",
  "summary",
  "last_event_at",
];

// Everybody who listens is told at the commit, and not before: see `lib/db/listen.ts`.
const NOTICE = `pg_notify('${CHANGES}', concat_ws(':', head.id, $2::int + 1, $3::jsonb #>> '{deployment,revision}', head.team_id))`;

const CHANGE = `
  UPDATE deployments d
     SET (${CHANGED_COLUMNS.join(", ")}) = (
       SELECT ${CHANGED_COLUMNS.map((column) => `r.${column}`).join(", ")}
         FROM jsonb_populate_record(NULL::deployments, $3::jsonb -> 'deployment') r)
   WHERE d.id = $1::uuid AND d.revision = $2::int AND d.stone_seq IS NULL`;

const OF_CLAIM = "caller = $3::jsonb #>> '{claim,caller}' AND key = $3::jsonb #>> '{claim,key}'";
const CLAIMED = "EXISTS (SELECT FROM claim)";

const HEADS = {
  change: `head AS (${CHANGE} RETURNING d.id, d.team_id)`,
  claimed: `claim AS (SELECT FROM idempotent_requests WHERE ${OF_CLAIM} AND NOT took_effect FOR UPDATE),
head AS (${CHANGE} AND ${CLAIMED} RETURNING d.id, d.team_id),
effect AS (UPDATE idempotent_requests SET took_effect = true FROM head WHERE ${OF_CLAIM})`,
  open: `service AS (
  INSERT INTO services (id, team_id, name, slo, created_at)
  SELECT r.service_id, r.team_id, r.service_name, r.slo, r.opened_at
    FROM jsonb_populate_record(NULL::deployments, $3::jsonb -> 'deployment') r
  ON CONFLICT (team_id, name) DO UPDATE SET slo = excluded.slo),
head AS (
  INSERT INTO deployments SELECT r.* FROM jsonb_populate_record(NULL::deployments, $3::jsonb -> 'deployment') r
   WHERE r.id = $1::uuid AND $2::int = 0
  RETURNING id, team_id)`,
};

const EVENT = `
  INSERT INTO events (stream_id, seq, body, hash)
  SELECT head.id, r.seq, r.body, r.hash
    FROM head, jsonb_to_recordset($3::jsonb -> 'events') AS r(seq int, body text, hash text)`;

const FILE = `
  INSERT INTO files (id, deployment_id, name, media_type, bytes, sha256, content, stored_at)
  SELECT $4::uuid, head.id, $5, $6, octet_length($8::bytea), $7, $8::bytea, $9::timestamptz FROM head`;

// Each list has its part: one that is forgotten does not compile.
const PARTS: Readonly<Record<List, Part>> = {
  phases: upsert("phases", "phases", "deployment_id, key", [
    "started_at",
    "started_by_id",
    "started_by_name",
    "completed_at",
    "completed_by_id",
    "completed_by_name",
    "left_incomplete",
  ]),
  items: upsert("items", "checklist_items", "deployment_id, key", [
    "status",
    "settled_at",
    "settled_by_id",
    "settled_by_name",
    "reason",
    "owner_id",
    "owner_name",
    "due_at",
  ]),
  evidence: ofSameEvent(
    upsert("evidence", "evidence", "id", [
      "overruled_at",
      "overruled_by_id",
      "overruled_by_name",
      "overrule_reason",
    ]),
  ),
  approvals: upsert("approvals", "approvals", "deployment_id, round, role, signed_by_id", [
    "voided_at",
    "void_cause",
  ]),
  answers: inserted("answers", "rejection_answers"),
  breakGlass: upsert("breakGlass", "break_glass", "deployment_id, request", [
    "confirmed_at",
    "confirmed_by_id",
    "confirmed_by_name",
    "role",
    "meaning",
    "digest",
    "proof",
    "blockers",
    "used_at",
    "used_by_id",
    "used_by_name",
    "overridden",
    "closed_at",
    "close_cause",
    "reviewed_at",
    "reviewed_by_id",
    "reviewed_by_name",
    "conclusion",
    "finding",
  ]),
  comments: ofSameEvent(
    upsert("comments", "comments", "id", [
      "text",
      "mentions",
      "named",
      "edited_at",
      "edits",
      "deleted_at",
      "deleted_by_id",
      "deleted_by_name",
    ]),
  ),
  freezeLifts: inserted("freezeLifts", "freeze_lifts"),
};

function inserted(list: List, table: string): Part {
  const rows = `jsonb_populate_recordset(NULL::${table}, $3::jsonb -> '${list}')`;
  return { list, table, text: `INSERT INTO ${table} SELECT r.* FROM head, ${rows} r` };
}

function upsert(list: List, table: string, key: string, columns: readonly string[]): Part {
  const part = inserted(list, table);
  const changed = columns.map((column) => `${column} = excluded.${column}`).join(", ");
  return { ...part, text: `${part.text}\n  ON CONFLICT (${key}) DO UPDATE SET ${changed}` };
}

// An id that another record or event has is nobody's to write to.
function ofSameEvent({ list, table, text }: Part): Part {
  const same = `${table}.deployment_id = excluded.deployment_id AND ${table}.seq = excluded.seq`;
  return { list, table, text: `${text}\n  WHERE ${same}` };
}
