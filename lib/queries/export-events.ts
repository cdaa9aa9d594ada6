import type { Actor } from "#lib/domain/actor.ts";
import { laterBy, MINUTE } from "#lib/domain/time.ts";
import { now } from "#lib/clock.ts";
import { noteAccess } from "#lib/db/access-log.ts";
import type { Cursor } from "./cursor.ts";
import { fetchEventRows, placeOf, type EventCriteria, type EventScope } from "./event-rows.ts";
import { viewEvent, type EventView } from "./event-view.ts";
import { eventCriteriaInWords, recordScope, searchScope } from "./list-events.ts";

const PAGE = 500;

/**
 * All events that fit, oldest first, a page at a time, so that memory stays the same for any
 * number; what comes while it is read slowly is not among them. Noted as an export before the first.
 * Rejects like `searchEvents`.
 */
export async function exportEvents(
  actor: Actor,
  criteria: EventCriteria,
  format: string,
): Promise<AsyncIterable<readonly EventView[]>> {
  const scope = searchScope(actor);
  const subject = `history as ${format}: ${eventCriteriaInWords(criteria)}`;
  await noteAccess(actor, { act: "exported", subject, record: null });
  return pagesOf(scope, untilNow(criteria));
}

/** The same of one record. Rejects like `listDeploymentEvents`. */
export async function exportDeploymentEvents(
  actor: Actor,
  deploymentId: string,
  criteria: EventCriteria,
  format: string,
): Promise<AsyncIterable<readonly EventView[]>> {
  const { scope, teamId } = await recordScope(actor, deploymentId);
  const subject = `history as ${format}: ${eventCriteriaInWords(criteria)}`;
  await noteAccess(actor, { act: "exported", subject, record: { id: deploymentId, teamId } });
  return pagesOf(scope, untilNow(criteria));
}

// Clocks of several servers may differ a little.
function untilNow({ to, ...criteria }: EventCriteria): EventCriteria {
  const soon = laterBy(now(), MINUTE);
  return { ...criteria, to: to === undefined || to > soon ? soon : to };
}

async function* pagesOf(scope: EventScope, criteria: EventCriteria): AsyncIterable<readonly EventView[]> {
  let after: Cursor | null = null;
  for (;;) {
    const rows = await fetchEventRows(scope, criteria, { after, limit: PAGE, order: "ASC" });
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map(viewEvent);
    after = placeOf(last);
  }
}
