import type { Actor } from "#lib/domain/actor.ts";
import { visitBegins } from "#lib/domain/visit.ts";
import { now } from "#lib/clock.ts";
import { pool } from "#lib/db/pool.ts";
import { tellEvent, type EventView } from "./event-view.ts";
import { listDeploymentEvents } from "./list-events.ts";

const SHOWN = 200;

export type ChangesSinceLook = {
  /** When the caller looked last, before this visit; null when they never have. */
  readonly since: string | null;
  /** What others did since, newest first, at most 200. */
  readonly events: readonly EventView[];
  readonly more: boolean;
};

/** What somebody else did last to each item since the caller's last look, as a sentence. */
export async function itemsChangedSinceLook(
  actor: Actor,
  deploymentId: string,
): Promise<Readonly<Record<string, string>>> {
  const since = await lastLook(actor, deploymentId);
  if (since === null) return {};
  const { rows } = await pool().query<{ key: string; body: string }>({
    name: "items-changed-since-look",
    // An event about several items is told of each.
    text: `SELECT DISTINCT ON (item.key) item.key, e.body FROM events e
             CROSS JOIN LATERAL (SELECT e.body::jsonb -> 'data' ->> 'item' AS key
               UNION ALL SELECT jsonb_path_query(e.body::jsonb, '$.data.items[*].item') #>> '{}') AS item
            WHERE e.stream_id = $1::uuid AND e.seq > $2::int AND e.actor_id <> $3 AND e.stone_seq IS NULL
              AND item.key IS NOT NULL
            ORDER BY item.key, e.seq DESC`,
    values: [deploymentId, since.seq, actor.id],
  });
  return Object.fromEntries(
    rows.map(({ key, body }) => {
      const { actor: by, predicate } = tellEvent(body);
      return [key, `${by.name} ${predicate}`];
    }),
  );
}

/** What others changed on a record since the caller's last look. The caller must see the record. */
export async function changesSinceLook(actor: Actor, deploymentId: string): Promise<ChangesSinceLook> {
  const look = await lastLook(actor, deploymentId);
  if (look === null) return { since: null, events: [], more: false };
  const { seq, at } = look;
  const page = await listDeploymentEvents(actor, deploymentId, { limit: SHOWN });
  const newer = page.events.filter((event) => event.seq > seq);
  return {
    since: at,
    events: newer.filter((event) => event.actor.id !== actor.id),
    more: newer.length === page.events.length && page.nextCursor !== null,
  };
}

// Within a visit, the place where the one before it ended.
async function lastLook(actor: Actor, deploymentId: string): Promise<{ seq: number; at: string } | null> {
  const { rows } = await pool().query<{
    seq: number;
    at: Date;
    since_seq: number | null;
    since_at: Date | null;
  }>(
    "SELECT seq, at, since_seq, since_at FROM looks WHERE person_id = $1::uuid AND deployment_id = $2::uuid",
    [actor.id, deploymentId],
  );
  const look = rows[0];
  if (look === undefined) return null;
  const sameVisit = look.at.toISOString() >= visitBegins(now());
  const [seq, at] = sameVisit ? [look.since_seq, look.since_at] : [look.seq, look.at];
  return seq === null || at === null ? null : { seq, at: at.toISOString() };
}
