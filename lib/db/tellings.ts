import type { Pool, PoolClient } from "pg";
import type { Instant } from "#lib/domain/deployment.ts";
import type { ApproverRole } from "#lib/domain/roles.ts";
import type { RecordedEvent } from "#lib/domain/recorded-event.ts";
import type { Shell } from "#lib/domain/stones.ts";
import type { FailingCheck, Telling } from "#lib/domain/telling.ts";
import { INSTALLATION_ID } from "./change-installation.ts";

export type ToldRecord = {
  readonly id: string;
  readonly teamId: string;
  readonly service: string;
  readonly version: string;
  readonly environment: string;
};

/** A row of the outbox with what it tells; the content of a record may have been removed since. */
export type Told = {
  readonly outboxId: string;
  readonly seq: number;
  readonly at: Instant;
  /** Null: it tells of the installation. */
  readonly record: ToldRecord | null;
  readonly telling: Telling | null;
};

export type ToldRow = {
  readonly outbox_id: string;
  readonly seq: number;
  readonly at: Date;
  readonly kind: Telling["kind"];
  readonly role: ApproverRole | null;
  readonly body: string | null;
  readonly failing: FailingCheck | null;
  readonly record: ToldRecord | null;
};

/** The columns and tables of a `ToldRow`, for a row `o` of the outbox. */
export const TOLD_COLUMNS = `o.id AS outbox_id, o.seq, o.at, o.kind, o.role, e.body,
  CASE WHEN r.checker IS NOT NULL THEN json_build_object('item', o.item_key, 'passes', r.verdict = 'pass', 'summary', r.summary,
    'title', jsonb_path_query_first(d.checklist, '$.phases[*].sections[*].items[*] ? (@.key == $key).title',
      jsonb_build_object('key', o.item_key))) END AS failing,
  CASE WHEN d.id IS NOT NULL THEN json_build_object('id', d.id, 'teamId', d.team_id, 'service', d.service_name,
    'version', d.version, 'environment', d.environment) END AS record`;
/** What a comment said is told of no longer once it is deleted, nor a check that passed at addresses of before. */
export const TOLD_JOINS = `LEFT JOIN deployments d ON d.id = o.deployment_id
  LEFT JOIN check_runs r ON o.kind = 'check' AND r.deployment_id = o.deployment_id
   AND r.item_key = o.item_key AND r.checker = o.checker
  LEFT JOIN events e ON o.kind = 'event' AND e.stream_id = coalesce(o.deployment_id, '${INSTALLATION_ID}') AND e.seq = o.seq
   AND NOT EXISTS (SELECT FROM comments c
                    WHERE c.deployment_id = o.deployment_id AND c.seq = o.seq AND c.deleted_at IS NOT NULL)
   AND NOT (e.type = 'comment.edited' AND EXISTS (SELECT FROM comments c
                    WHERE c.id = (e.body::jsonb #>> '{data,commentId}')::uuid
                      AND c.deployment_id = o.deployment_id AND c.deleted_at IS NOT NULL))`;

/** What it tells of, in a few words. */
export function subjectOf(record: ToldRecord | null): string {
  return record === null ? "Retention" : `${record.service} ${record.version}`;
}

export function toldFrom({ outbox_id, at, seq, record, ...row }: ToldRow): Told {
  return { outboxId: outbox_id, seq, at: at.toISOString(), record, telling: tellingFrom(row) };
}

/** What a row of the outbox tells; null when there is no such row. */
export async function loadTold(client: Pool | PoolClient, outboxId: string): Promise<Told | null> {
  const { rows } = await client.query<ToldRow>({
    name: "load-told",
    text: `SELECT ${TOLD_COLUMNS} FROM outbox o ${TOLD_JOINS} WHERE o.id = $1::uuid`,
    values: [outboxId],
  });
  return rows[0] === undefined ? null : toldFrom(rows[0]);
}

type ToldOf = Pick<ToldRow, "kind" | "role" | "body" | "failing">;

function tellingFrom({ kind, role, body, failing }: ToldOf): Telling | null {
  if (kind === "check") return failing === null ? null : { kind, check: failing };
  if (kind !== "event") return role === null ? null : { kind, role };
  const event = body === null ? null : eventFrom(body);
  return event === null || "removed" in event ? null : { kind, event };
}

// Only `chain` writes these texts, from typed events, and nothing changes them but the removal.
function eventFrom(body: string): RecordedEvent | Shell {
  return JSON.parse(body) as RecordedEvent | Shell;
}
