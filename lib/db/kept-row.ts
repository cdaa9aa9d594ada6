import { endingOf, type Shell, type Stone } from "#lib/domain/stones.ts";
import { isoText } from "./iso-text.ts";
import { pool } from "./pool.ts";

/** SQL for one digest over what a removal leaves of the row `d`; `kept_digest` in Postgres is the same. */
export const KEPT = `encode(sha256(convert_to(jsonb_build_array(
    d.team_id, d.service_id, d.service_name, d.predecessor_id,
    extract(epoch FROM d.opened_at), d.opened_by_id, d.version, d.commit, d.environment,
    extract(epoch FROM d.deployment_at), d.deployed_by_id, d.slo, d.checklist,
    d.opener_may_sign, d.deployer_may_sign, d.may_hold_several_roles,
    extract(epoch FROM d.t0_at), d.sign_off_round, extract(epoch FROM d.rollback_at), d.rollback_by_id, d.frozen_phase,
    extract(epoch FROM d.ended_at), d.ended_by_id, d.outcome, d.status, d.awaited_roles, d.break_glass, d.summary,
    extract(epoch FROM d.last_event_at))::text, 'UTF8')), 'hex')`;

/** What is wrong with the row that a removal left, and with what stands beside it; null when nothing. */
export async function keptFlaw(stone: Stone, shells: readonly Shell[]): Promise<string | null> {
  const { rows } = await pool().query<KeptRow>(ROW, [stone.deployment]);
  const [row] = rows;
  if (row?.stoneSeq !== stone.seq) return `its record does not name stone ${stone.seq}`;
  if (row.left) return `it has content again after stone ${stone.seq}`;
  if (stone.kept !== undefined && row.kept !== stone.kept)
    return `what stone ${stone.seq} kept of its record was changed afterwards`;
  const told = partsToldBy(stone, shells);
  const other = (Object.keys(told) as (keyof Parts)[]).find((part) => row[part] !== told[part]);
  return other === undefined ? null : `${other} of its record is not what stone ${stone.seq} left`;
}

type Parts = Readonly<
  Record<
    | "service_name"
    | "version"
    | "opened_at"
    | "opened_by_id"
    | "rollback_at"
    | "rollback_by_id"
    | "ended_at"
    | "ended_by_id"
    | "outcome"
    | "status"
    | "last_event_at",
    string | null
  >
>;
type KeptRow = Parts & { readonly stoneSeq: number | null; readonly left: boolean; readonly kept: string };

/** What the stone and the shells tell of the row, whether or not the stone tells a digest of it. */
function partsToldBy({ service, version, endedAt }: Stone, shells: readonly Shell[]): Parts {
  const rollback = shells.findLast(({ type }) => type === "rollback.triggered");
  const ending = endingOf(shells);
  const outcome = ending?.type.replace("deployment.", "") ?? null;
  return {
    service_name: service,
    version,
    opened_at: shells[0]?.at ?? null,
    opened_by_id: shells[0]?.actor.id ?? null,
    rollback_at: rollback?.at ?? null,
    rollback_by_id: rollback?.actor.id ?? null,
    ended_at: endedAt,
    ended_by_id: ending?.actor.id ?? null,
    outcome,
    status: outcome,
    last_event_at: shells.at(-1)?.at ?? null,
  };
}

// What tells how far each person has read is no content.
const TABLES = [
  "files",
  "probes",
  "check_runs",
  "evidence",
  "approvals",
  "rejection_answers",
  "break_glass",
  "comments",
  "freeze_lifts",
  "checklist_items",
  "phases",
];
const TIMES = ["opened_at", "rollback_at", "ended_at", "last_event_at"];
// A name or a reason in the row of a removed record says nothing but that.
const WORDS = [
  "opened_by_name",
  "deployed_by_name",
  "ended_by_name",
  "ended_reason",
  "rollback_by_name",
  "rollback_reason",
];
const LEFT = [
  ...TABLES.map((table) => `EXISTS (SELECT FROM ${table} t WHERE t.deployment_id = d.id)`),
  ...WORDS.map((column) => `coalesce(d.${column}, 'removed') <> 'removed'`),
  "d.links <> '[]'",
  "num_nonnulls(d.legal_hold_at, d.legal_hold_by_id, d.legal_hold_by_name, d.legal_hold_reason) > 0",
];
const ROW = `
SELECT d.stone_seq AS "stoneSeq", ${KEPT} AS kept, (${LEFT.join(" OR ")}) AS left,
       d.service_name, d.version, d.opened_by_id, d.rollback_by_id, d.ended_by_id, d.outcome, d.status,
       ${TIMES.map((column) => `${isoText(`d.${column}`)} AS ${column}`).join(", ")}
  FROM deployments d WHERE d.id = $1::uuid`;
