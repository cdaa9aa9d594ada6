import type { Actor } from "#lib/domain/actor.ts";
import type { ChooseWayInput, MarkNotificationsInput } from "#lib/domain/inputs/notifications.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { DAY, laterBy } from "#lib/domain/time.ts";
import { now } from "#lib/clock.ts";
import { NOTIFICATIONS } from "#lib/db/notices.ts";
import { pool } from "#lib/db/pool.ts";

/** Notifications are forgotten after so many days. */
const KEPT_DAYS = 180;

/** Marks notifications of the actor's own as read or unread; others' are left as they are. */
export async function markNotifications(actor: Actor, { ids, read }: MarkNotificationsInput): Promise<void> {
  refuseUnlessPerson(actor);
  await pool().query({
    name: "mark-notifications",
    text: `
      WITH marked AS (
        UPDATE notifications SET read_at = CASE WHEN $3::boolean THEN $4::timestamptz END
         WHERE person_id = $1::uuid AND ($2::uuid[] IS NULL OR id = ANY ($2::uuid[]))
           AND (read_at IS NULL) = $3::boolean RETURNING person_id)
      SELECT pg_notify('${NOTIFICATIONS}', person_id::text) FROM marked LIMIT 1`,
    values: [actor.id, ids, read, now()],
  });
}

/** Chooses how the actor hears of one kind of news from now on. */
export async function chooseWay(actor: Actor, { kind, way }: ChooseWayInput): Promise<void> {
  refuseUnlessPerson(actor);
  await pool().query({
    name: "choose-way",
    text: `INSERT INTO notification_choices (person_id, kind, way) VALUES ($1::uuid, $2, $3)
           ON CONFLICT (person_id, kind) DO UPDATE SET way = excluded.way`,
    values: [actor.id, kind, way],
  });
}

/** Forgets notifications and messages of more than 180 days ago. */
export async function forgetOldNotifications(): Promise<void> {
  const before = laterBy(now(), -KEPT_DAYS * DAY);
  await pool().query("DELETE FROM notifications WHERE at < $1::timestamptz", [before]);
  await pool().query("DELETE FROM message_deliveries WHERE made_at < $1::timestamptz", [before]);
}

function refuseUnlessPerson(actor: Actor): void {
  if (actor.kind !== "person") throw new Rejection("forbidden", "Notifications are a person's, in a session");
}
