import type { Actor } from "#lib/domain/actor.ts";
import { seesAsAuditor } from "#lib/domain/policy.ts";
import { noteAccess } from "#lib/db/access-log.ts";
import { pool } from "#lib/db/pool.ts";
import { recordScope } from "./list-events.ts";
import { liveEvent, type LiveEvent } from "./live-event.ts";

/** Beyond this many events it is cheaper to read the record anew. */
const CATCH_UP_LIMIT = 500;

/**
 * The events of a record after the one seen last, oldest first; null when there are more than a
 * catch-up carries. Rejects with `not-found` when the caller may not see the record.
 */
export async function eventsAfter(
  actor: Actor,
  deploymentId: string,
  seen: number,
): Promise<readonly LiveEvent[] | null> {
  const { teamId } = await recordScope(actor, deploymentId);
  const { rows } = await pool().query<{ body: string }>({
    name: "events-after",
    text: "SELECT body FROM events WHERE stream_id = $1::uuid AND seq > $2::int ORDER BY seq LIMIT $3",
    values: [deploymentId, seen, CATCH_UP_LIMIT + 1],
  });
  if (rows.length > 0 && seesAsAuditor(actor, teamId))
    await noteAccess(actor, { act: "opened", subject: "history", record: { id: deploymentId, teamId } });
  return rows.length > CATCH_UP_LIMIT ? null : rows.map(({ body }) => liveEvent(body));
}
