import type { Change } from "#lib/domain/change.ts";
import type { Deployment } from "#lib/domain/deployment.ts";
import { changedRows, openedRows, type ChangedRows } from "./deployment-rows.ts";
import { chain, type ChainedEvent } from "./event-chain.ts";
import type { LoadedDeployment } from "./load-deployment.ts";
import { fileValues, type NewFile } from "./files.ts";
import { CHANGES } from "./notices.ts";
import { pool } from "./pool.ts";

/**
 * Writes a change, its events and the file they name, if the record is still at the revision it was
 * decided on.
 */
export async function writeChange(
  { deployment: before, headHash }: LoadedDeployment,
  { after, events }: Change,
  file: NewFile | null,
): Promise<boolean> {
  const last = events.at(-1);
  if (last === undefined) return true;
  const chained = chain(before.id, headHash, events);
  const rows = changedRows(before, after, last.at);
  return file === null
    ? write("change-deployment", CHANGE, before.revision, after, rows, chained)
    : write(
        "change-with-file",
        CHANGE_WITH_FILE,
        before.revision,
        after,
        rows,
        chained,
        fileValues(file, last.at),
      );
}

/**
 * Writes a record that has just been opened, its service with it where that is new. Fails on a
 * foreign key when somebody else made a service of that name in the meantime.
 */
export async function writeOpened({ after, events }: Change): Promise<void> {
  const chained = chain(after.id, null, events);
  await write("open-deployment", OPEN, 0, after, openedRows(after, after.opened.at), chained);
}

async function write(
  name: string,
  text: string,
  fromRevision: number,
  after: Deployment,
  rows: ChangedRows,
  events: readonly ChainedEvent[],
  more: readonly unknown[] = [],
): Promise<boolean> {
  const deployment = { ...rows.deployment, revision: after.revision, head_hash: events.at(-1)?.hash };
  const lists = [
    rows.phases,
    rows.items,
    rows.evidence,
    rows.approvals,
    rows.answers,
    events,
    rows.breakGlass,
    rows.comments,
    rows.freezeLifts,
  ];
  const values = [after.id, fromRevision, deployment, ...lists].map((value) =>
    typeof value === "object" ? JSON.stringify(value) : value,
  );
  const { rows: written } = await pool().query<{ count: number }>({
    name,
    text,
    values: [...values, ...more],
  });
  return written[0]?.count === 1;
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

// All rows hang on `head`: if it names no row, because the revision moved on, nothing is written.
const FILE = `
file AS (
  INSERT INTO files (id, deployment_id, name, media_type, bytes, sha256, content, stored_at)
  SELECT $13::uuid, head.id, $14, $15, octet_length($17::bytea), $16, $17::bytea, $18::timestamptz FROM head
)`;

// Everybody who listens is told at the commit, and not before: see `lib/db/listen.ts`.
const CHANGE_NOTICE = `pg_notify('${CHANGES}', concat_ws(':', head.id, $2::int + 1, $3::jsonb ->> 'revision', head.team_id))`;

const ROWS = `
phase AS (
  INSERT INTO phases SELECT r.* FROM head, jsonb_populate_recordset(NULL::phases, $4::jsonb) r
  ON CONFLICT (deployment_id, key) DO UPDATE SET
    started_at = excluded.started_at, started_by_id = excluded.started_by_id, started_by_name = excluded.started_by_name,
    completed_at = excluded.completed_at, completed_by_id = excluded.completed_by_id, completed_by_name = excluded.completed_by_name,
    left_incomplete = excluded.left_incomplete
), item AS (
  INSERT INTO checklist_items SELECT r.* FROM head, jsonb_populate_recordset(NULL::checklist_items, $5::jsonb) r
  ON CONFLICT (deployment_id, key) DO UPDATE SET
    status = excluded.status, settled_at = excluded.settled_at, settled_by_id = excluded.settled_by_id,
    settled_by_name = excluded.settled_by_name, reason = excluded.reason,
    owner_id = excluded.owner_id, owner_name = excluded.owner_name, due_at = excluded.due_at
), proof AS (
  INSERT INTO evidence SELECT r.* FROM head, jsonb_populate_recordset(NULL::evidence, $6::jsonb) r
  ON CONFLICT (id) DO UPDATE SET
    overruled_at = excluded.overruled_at, overruled_by_id = excluded.overruled_by_id,
    overruled_by_name = excluded.overruled_by_name, overrule_reason = excluded.overrule_reason
  WHERE evidence.deployment_id = excluded.deployment_id AND evidence.seq = excluded.seq
), approval AS (
  INSERT INTO approvals SELECT r.* FROM head, jsonb_populate_recordset(NULL::approvals, $7::jsonb) r
  ON CONFLICT (deployment_id, round, role, signed_by_id) DO UPDATE SET voided_at = excluded.voided_at, void_cause = excluded.void_cause
), answer AS (
  INSERT INTO rejection_answers SELECT r.* FROM head, jsonb_populate_recordset(NULL::rejection_answers, $8::jsonb) r
), glass AS (
  INSERT INTO break_glass SELECT r.* FROM head, jsonb_populate_recordset(NULL::break_glass, $10::jsonb) r
  ON CONFLICT (deployment_id, request) DO UPDATE SET
    confirmed_at = excluded.confirmed_at, confirmed_by_id = excluded.confirmed_by_id,
    confirmed_by_name = excluded.confirmed_by_name, role = excluded.role, meaning = excluded.meaning,
    digest = excluded.digest, proof = excluded.proof, blockers = excluded.blockers,
    used_at = excluded.used_at, used_by_id = excluded.used_by_id, used_by_name = excluded.used_by_name,
    overridden = excluded.overridden, closed_at = excluded.closed_at, close_cause = excluded.close_cause,
    reviewed_at = excluded.reviewed_at, reviewed_by_id = excluded.reviewed_by_id,
    reviewed_by_name = excluded.reviewed_by_name, conclusion = excluded.conclusion, finding = excluded.finding
), comment AS (
  INSERT INTO comments SELECT r.* FROM head, jsonb_populate_recordset(NULL::comments, $11::jsonb) r
  ON CONFLICT (id) DO UPDATE SET
    text = excluded.text, mentions = excluded.mentions, edited_at = excluded.edited_at,
    deleted_at = excluded.deleted_at, deleted_by_id = excluded.deleted_by_id, deleted_by_name = excluded.deleted_by_name
  WHERE comments.deployment_id = excluded.deployment_id AND comments.seq = excluded.seq
), lift AS (
  INSERT INTO freeze_lifts SELECT r.* FROM head, jsonb_populate_recordset(NULL::freeze_lifts, $12::jsonb) r
), event AS (
  INSERT INTO events (stream_id, seq, body, hash)
  SELECT head.id, r.seq, r.body, r.hash FROM head, jsonb_to_recordset($9::jsonb) AS r(seq int, body text, hash text)
)
SELECT count(${CHANGE_NOTICE})::int AS count FROM head`;

const CHANGED_HEAD = `
WITH head AS (
  UPDATE deployments d
     SET (${CHANGED_COLUMNS.join(", ")}) = (
       SELECT ${CHANGED_COLUMNS.map((column) => `r.${column}`).join(", ")}
         FROM jsonb_populate_record(NULL::deployments, $3::jsonb) r)
   WHERE d.id = $1::uuid AND d.revision = $2::int AND d.stone_seq IS NULL
  RETURNING d.id, d.team_id
)`;

const CHANGE = `${CHANGED_HEAD}, ${ROWS}`;
const CHANGE_WITH_FILE = `${CHANGED_HEAD}, ${FILE}, ${ROWS}`;

const OPEN = `
WITH service AS (
  INSERT INTO services (id, team_id, name, slo, created_at)
  SELECT r.service_id, r.team_id, r.service_name, r.slo, r.opened_at FROM jsonb_populate_record(NULL::deployments, $3::jsonb) r
  ON CONFLICT (team_id, name) DO UPDATE SET slo = excluded.slo
), head AS (
  INSERT INTO deployments SELECT r.* FROM jsonb_populate_record(NULL::deployments, $3::jsonb) r
   WHERE r.id = $1::uuid AND $2::int = 0
  RETURNING id, team_id
), ${ROWS}`;
