import type { Actor } from "#lib/domain/actor.ts";
import { actsAsAuditor, may, mayEverywhere, seesAsAuditor, teamsWhere } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { noteAccess } from "#lib/db/access-log.ts";
import { pool } from "#lib/db/pool.ts";
import { criteriaInWords } from "./criteria-in-words.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { fetchEventRows, placeOf, type EventCriteria, type EventScope } from "./event-rows.ts";
import { viewEvent, type EventView } from "./event-view.ts";

export type EventFilter = EventCriteria & { readonly cursor?: string | undefined; readonly limit: number };

export type EventPage = { readonly events: readonly EventView[]; readonly nextCursor: string | null };

/** The history of one record, newest first. Rejects with `not-found` when the caller may not see it. */
export async function listDeploymentEvents(
  actor: Actor,
  deploymentId: string,
  filter: EventFilter,
): Promise<EventPage> {
  const { scope, teamId } = await recordScope(actor, deploymentId);
  if (seesAsAuditor(actor, teamId))
    await noteAccess(actor, { act: "opened", subject: "history", record: { id: deploymentId, teamId } });
  return page(scope, filter);
}

/** One event of a record. Rejects with `not-found` when there is none that the caller may see. */
export async function getDeploymentEvent(
  actor: Actor,
  deploymentId: string,
  seq: number,
): Promise<EventView> {
  const { scope, teamId } = await recordScope(actor, deploymentId);
  const [row] = await fetchEventRows(scope, { seq }, { after: null, limit: 1, order: "DESC" });
  if (row === undefined) throw new Rejection("not-found", "There is no such event");
  if (seesAsAuditor(actor, teamId))
    await noteAccess(actor, { act: "opened", subject: `event ${seq}`, record: { id: deploymentId, teamId } });
  return viewEvent(row);
}

/** The history of all records the caller may search, newest first; with the installation's for those who see all teams. */
export async function searchEvents(actor: Actor, filter: EventFilter): Promise<EventPage> {
  const scope = searchScope(actor);
  if (actsAsAuditor(actor, "history.search"))
    await noteAccess(actor, { act: "searched", subject: eventCriteriaInWords(filter), record: null });
  return page(scope, filter);
}

/** One record's history, for whoever may see the record. */
export async function recordScope(
  actor: Actor,
  deploymentId: string,
): Promise<{ readonly scope: EventScope; readonly teamId: string }> {
  const { rows } = await pool().query<{ team_id: string }>(
    "SELECT team_id FROM deployments WHERE id = $1::uuid",
    [deploymentId],
  );
  const teamId = rows[0]?.team_id;
  if (teamId === undefined || !may(actor, "deployment.view", teamId)) {
    throw new Rejection("not-found", "There is no such deployment");
  }
  return { scope: { stream: deploymentId, teams: null, installation: false }, teamId };
}

/** All histories that the caller may search. */
export function searchScope(actor: Actor): EventScope {
  const teams = teamsWhere(actor, "history.search");
  if (teams !== null && teams.length === 0)
    throw new Rejection("forbidden", "Your roles do not search the history");
  return { stream: null, teams, installation: mayEverywhere(actor, "history.search") };
}

/** The criteria of a search or an export, as its line in the access log names them. */
export function eventCriteriaInWords({
  type,
  actorId,
  item,
  service,
  text,
  from,
  to,
}: EventCriteria): string {
  return criteriaInWords({ type, actor: actorId, item, service, text, from, to });
}

async function page(scope: EventScope, { cursor, limit, ...criteria }: EventFilter): Promise<EventPage> {
  const after = decodeCursor(cursor, "event");
  const rows = await fetchEventRows(scope, criteria, { after, limit: limit + 1, order: "DESC" });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    events: shown.map(viewEvent),
    nextCursor: rows.length > limit && last ? encodeCursor(placeOf(last)) : null,
  };
}
