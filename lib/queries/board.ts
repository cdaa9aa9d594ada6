import type { Actor } from "#lib/domain/actor.ts";
import type { ApproverRole } from "#lib/domain/roles.ts";
import { pool } from "#lib/db/pool.ts";
import { awaitingMe, rolesHeld } from "./awaiting-me.ts";
import { decodeCursor, encodeCursor, type Cursor } from "./cursor.ts";
import { tellEvent } from "./event-view.ts";
import { gateState, type GateState } from "./gate-trouble.ts";
import {
  FITTING,
  filterValues,
  ROW_COLUMNS,
  type DeploymentFilter,
  type DeploymentRow,
} from "./list-deployments.ts";

export type BoardRow = Omit<DeploymentRow, "openedAt"> &
  GateState & {
    /** The phase before which the sign-off stands; null where it stands at close-out. */
    readonly gatePhase: string | null;
    /** What happened last, in words; null once its content was removed. */
    readonly lastEvent: string | null;
    /** Whether it waits for the caller, and as which role; a stand-in holds none of those awaited. */
    readonly awaitsMe: boolean;
    readonly awaitsMeAs: ApproverRole | null;
  };

export type BoardPage = { readonly rows: readonly BoardRow[]; readonly nextCursor: string | null };

/** The records that the caller may see, the most urgent first as `board_place` has them, a page at a time. */
export async function listBoard(actor: Actor, filter: DeploymentFilter): Promise<BoardPage> {
  const after = decodeCursor(filter.cursor, "board");
  const { rows } = await pool().query<Stored>(boardStatement(actor, filter, after));
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  return {
    rows: await Promise.all(page.map((row) => viewRow(row, rolesHeld(actor)))),
    nextCursor: rows.length > filter.limit && last ? encodeCursor({ at: last.place, id: last.id }) : null,
  };
}

/** That reading's statement; without a cursor it begins at the first place. */
export function boardStatement(actor: Actor, filter: DeploymentFilter, after: Cursor | null) {
  const values = [...filterValues(actor, filter), filter.limit + 1, rolesHeld(actor)];
  return after === null
    ? { name: "board", text: BOARD, values }
    : { name: "board-after", text: BOARD_AFTER, values: [...values, after.at, after.id] };
}

/** Counted no further than this. */
export const COUNTED_AT_MOST = 500;

/** How many records fit, `COUNTED_AT_MOST` + 1 for more than that. */
export async function countFitting(
  actor: Actor,
  filter: Omit<DeploymentFilter, "cursor" | "limit">,
): Promise<number> {
  const { rows } = await pool().query<{ count: number }>({
    name: "board-count",
    text: `SELECT count(*)::int AS count FROM (SELECT ${FITTING} LIMIT $13) AS fitting`,
    values: [...filterValues(actor, filter), COUNTED_AT_MOST + 1],
  });
  return rows[0]?.count ?? 0;
}

type Stored = Omit<BoardRow, "lastEvent" | "awaitsMeAs" | keyof GateState> & {
  readonly openedAt: Date;
  readonly openedBy: string;
  readonly revision: number;
  readonly place: string;
  /** Null for the opening, whose body has the whole checklist in it. */
  readonly body: string | null;
};

async function viewRow(stored: Stored, held: readonly string[]): Promise<BoardRow> {
  const { openedAt: _openedAt, openedBy, revision, place: _place, body, ...row } = stored;
  const mine = row.awaitedRoles.find((role) => held.includes(role) || held.includes(`${role}@${row.teamId}`));
  const { trouble, holdsUntil } = await gateState({ ...row, revision });
  return {
    ...row,
    trouble,
    holdsUntil,
    lastEvent: body === null ? `${openedBy} opened it` : inWords(body),
    awaitsMeAs: row.awaitsMe ? (mine ?? null) : null,
  };
}

function inWords(body: string): string | null {
  const { actor, predicate, removed } = tellEvent(body);
  return removed === null ? `${actor.name} ${predicate}` : null;
}

const PLACE = "board_place(d.ended_at, d.rollback_at, d.t0_at, d.deployment_at)";

// The page is cut before its last events are looked up, each by the key of its record's revision.
const board = (after: string) => `
SELECT d.*, CASE WHEN e.seq > 1 THEN e.body END AS body
  FROM (
SELECT ${ROW_COLUMNS},
       ${PLACE} AS place, d.revision, d.opened_by_name AS "openedBy",
       d.checklist #>> '{signOff,gatePhase}' AS "gatePhase",
       (cardinality(d.awaited_roles) > 0 OR d.break_glass = 'requested')
         AND ${awaitingMe({ roles: "$14", me: "$6", at: "$8" })} AS "awaitsMe"
${FITTING}
${after}
 ORDER BY ${PLACE}, d.id
 LIMIT $13) AS d
  LEFT JOIN events e ON e.stream_id = d.id AND e.seq = d.revision
 ORDER BY d.place, d.id`;

const BOARD = board("");
const BOARD_AFTER = board(`   AND (${PLACE}, d.id) > ($15::bigint, $16::uuid)`);
