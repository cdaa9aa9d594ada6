import type { Actor } from "#lib/domain/actor.ts";
import { mayEverywhere, teamsWhere } from "#lib/domain/policy.ts";
import { isNotificationKind, type NotificationKind } from "#lib/domain/notifications.ts";
import { placeOf, remarkWith, tell } from "#lib/domain/telling.ts";
import { subjectOf, TOLD_COLUMNS, TOLD_JOINS, toldFrom, type ToldRow } from "#lib/db/tellings.ts";
import { pool } from "#lib/db/pool.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";

export type NotificationView = {
  readonly id: string;
  readonly kind: NotificationKind;
  readonly at: string;
  readonly read: boolean;
  /** The record that it is about, or what else. */
  readonly title: string;
  readonly sentence: string;
  readonly remark: string | null;
  /** Where the very thing stands. */
  readonly href: string;
};

export type NotificationPage = {
  readonly notifications: readonly NotificationView[];
  readonly nextCursor: string | null;
};

type Filter = { readonly unread?: boolean; readonly cursor?: string | undefined; readonly limit: number };

/** What the actor was told of, newest first, as far as they may still see it. */
export async function listNotifications(
  actor: Actor,
  { unread = false, cursor, limit }: Filter,
): Promise<NotificationPage> {
  const after = decodeCursor(cursor, "record");
  const values = [...seenBy(actor), unread, after?.at ?? null, after?.id ?? null, limit + 1];
  const { rows } = await pool().query<Row>({ name: "list-notifications", text: LIST, values });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    notifications: page.flatMap(viewNotification),
    nextCursor: rows.length > limit && last ? encodeCursor({ at: last.at.toISOString(), id: last.id }) : null,
  };
}

/** How much the actor has not read. */
export async function countUnread(actor: Actor): Promise<number> {
  const { rows } = await pool().query<{ count: number }>({
    name: "count-unread",
    text: `SELECT count(*)::int AS count FROM ${NOTIFICATIONS_SEEN} AND n.read_at IS NULL`,
    values: seenBy(actor),
  });
  return rows[0]?.count ?? 0;
}

/** Whose they are, the teams whose records they may see, and whether they see the retention. */
function seenBy(actor: Actor): unknown[] {
  return [actor.id, teamsWhere(actor, "deployment.view"), mayEverywhere(actor, "retention.view")];
}

type Row = ToldRow & { readonly id: string; readonly news: string; readonly read: boolean };

function viewNotification(row: Row): readonly NotificationView[] {
  const { at, record, telling } = toldFrom(row);
  if (telling === null || !isNotificationKind(row.news)) return [];
  return [
    {
      id: row.id,
      kind: row.news,
      at,
      read: row.read,
      title: subjectOf(record),
      sentence: tell(telling),
      remark: remarkWith(telling),
      href: placeOf(telling, record?.id ?? null),
    },
  ];
}

const NOTIFICATIONS_SEEN = `
  notifications n JOIN outbox o ON o.id = n.outbox_id ${TOLD_JOINS}
 WHERE n.person_id = $1::uuid AND d.stone_seq IS NULL
   AND CASE WHEN d.id IS NULL THEN $3::boolean ELSE $2::uuid[] IS NULL OR d.team_id = ANY ($2::uuid[]) END
   AND (o.kind <> 'event' OR e.seq IS NOT NULL) AND (o.kind <> 'check' OR r.checker IS NOT NULL)`;

const LIST = `
SELECT n.id, n.kind AS news, n.read_at IS NOT NULL AS read, ${TOLD_COLUMNS}
  FROM ${NOTIFICATIONS_SEEN}
   AND (NOT $4::boolean OR n.read_at IS NULL)
   AND ($5::timestamptz IS NULL OR (n.at, n.id) < ($5::timestamptz, $6::uuid))
 ORDER BY n.at DESC, n.id DESC
 LIMIT $7`;
