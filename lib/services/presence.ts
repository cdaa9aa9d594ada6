import type { Actor } from "#lib/domain/actor.ts";
import type { PresenceInput } from "#lib/domain/inputs/presence.ts";
import { teamsWhere } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { PRESENCE } from "#lib/db/notices.ts";
import { pool } from "#lib/db/pool.ts";

/**
 * Tells every process who looks at a record and where. No fact and no event: it is forgotten when it
 * is not said again within seconds. Rejects with `not-found` for a record the caller may not see.
 */
export async function announcePresence(
  actor: Actor,
  { deploymentId, tab, place }: PresenceInput,
): Promise<void> {
  if (actor.kind !== "person") throw new Rejection("forbidden", "Only people are somewhere");
  const said = JSON.stringify({ deployment: deploymentId, tab, id: actor.id, name: actor.name, place });
  const { rowCount } = await pool().query({
    name: "announce-presence",
    text: `SELECT pg_notify('${PRESENCE}', d.team_id || ' ' || $2)::text
             FROM deployments d WHERE d.id = $1::uuid AND ($3::uuid[] IS NULL OR d.team_id = ANY ($3::uuid[]))`,
    values: [deploymentId, said, teamsWhere(actor, "deployment.view")],
  });
  if (rowCount !== 1) throw new Rejection("not-found", "There is no such deployment");
}
