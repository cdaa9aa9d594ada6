import type { Actor } from "#lib/domain/actor.ts";
import { visitBegins } from "#lib/domain/visit.ts";
import { now } from "#lib/clock.ts";
import { pool } from "#lib/db/pool.ts";
import type { EventView } from "./event-view.ts";
import { listDeploymentEvents } from "./list-events.ts";

const SHOWN = 200;

export type ChangesSinceLook = {
  /** When the caller looked last, before this visit; null when they never have. */
  readonly since: string | null;
  /** What others did since, newest first, at most 200. */
  readonly events: readonly EventView[];
  readonly more: boolean;
};

/** What others changed on a record since the caller's last look. The caller must see the record. */
export async function changesSinceLook(actor: Actor, deploymentId: string): Promise<ChangesSinceLook> {
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
  if (look === undefined) return { since: null, events: [], more: false };
  const sameVisit = look.at.toISOString() >= visitBegins(now());
  const [seq, at] = sameVisit ? [look.since_seq, look.since_at] : [look.seq, look.at];
  if (seq === null || at === null) return { since: null, events: [], more: false };
  const page = await listDeploymentEvents(actor, deploymentId, { limit: SHOWN });
  const newer = page.events.filter((event) => event.seq > seq);
  return {
    since: at.toISOString(),
    events: newer.filter((event) => event.actor.id !== actor.id),
    more: newer.length === page.events.length && page.nextCursor !== null,
  };
}
