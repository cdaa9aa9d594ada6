import type { Actor } from "#lib/domain/actor.ts";
import type { Instant } from "#lib/domain/deployment.ts";
import { pool } from "./pool.ts";
import { TOLD_COLUMNS, TOLD_JOINS, toldFrom, type Told, type ToldRow } from "./tellings.ts";

/** A message on its way outside. */
export type Message = {
  readonly id: string;
  readonly outboxId: string | null;
  readonly personId: string | null;
  readonly webhookId: string | null;
  /** The day (YYYY-MM-DD) that it sums up; null when it tells of one thing. */
  readonly digestOn: string | null;
};

/** A message that still has to be delivered; null when there is none, or it has arrived. */
export async function loadMessage(id: string): Promise<Message | null> {
  const { rows } = await pool().query<Message>({
    name: "load-message",
    text: `SELECT id, outbox_id AS "outboxId", person_id AS "personId",
                  webhook_id AS "webhookId", to_char(digest_on, 'YYYY-MM-DD') AS "digestOn"
             FROM message_deliveries WHERE id = $1::uuid AND delivered_at IS NULL AND dropped IS NULL`,
    values: [id],
  });
  return rows[0] ?? null;
}

/** Notes that a message was handed over, or why not. */
export async function noteAttempt(id: string, at: Instant, error: string | null): Promise<void> {
  await pool().query({
    name: "note-attempt",
    text: `UPDATE message_deliveries
              SET attempts = attempts + 1, attempted_at = $2::timestamptz, error = $3,
                  delivered_at = CASE WHEN $3::text IS NULL THEN $2::timestamptz END
            WHERE id = $1::uuid AND delivered_at IS NULL`,
    values: [id, at, error],
  });
}

/** Notes that a message is not sent after all. */
export async function dropMessage(id: string, why: string): Promise<void> {
  await pool().query(
    "UPDATE message_deliveries SET dropped = $2 WHERE id = $1::uuid AND delivered_at IS NULL",
    [id, why],
  );
}

export type Recipient = Actor & { readonly kind: "person"; readonly email: string };

/** A person whose account is open, with the roles of this moment. */
export async function loadRecipient(personId: string): Promise<Recipient | null> {
  const { rows } = await pool().query<Recipient>({
    name: "load-recipient",
    text: `SELECT 'person' AS kind, u.id, u.email, u.name,
                  (SELECT coalesce(json_agg(json_build_object('role', g.role, 'teamId', g.team_id)), '[]')
                     FROM role_grants g WHERE g.user_id = u.id) AS grants
             FROM users u WHERE u.id = $1::uuid AND u.disabled_at IS NULL`,
    values: [personId],
  });
  return rows[0] ?? null;
}

/** What a day's summary sums up, oldest first. */
export async function loadDigest(digestId: string): Promise<readonly Told[]> {
  const { rows } = await pool().query<ToldRow>({
    name: "load-digest",
    text: `SELECT ${TOLD_COLUMNS} FROM notifications n JOIN outbox o ON o.id = n.outbox_id ${TOLD_JOINS}
            WHERE n.digest_id = $1::uuid ORDER BY n.at, n.id`,
    values: [digestId],
  });
  return rows.map(toldFrom);
}

/** Whom messages are for, in words, by their ids; what is no message is left out. */
export async function describeMessages(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await pool().query<{ id: string; about: string }>({
    name: "describe-messages",
    text: `SELECT m.id, coalesce('e-mail to ' || u.name, 'webhook ' || w.name || ' (' || w.host || ') of ' || t.name) AS about
             FROM message_deliveries m LEFT JOIN users u ON u.id = m.person_id
             LEFT JOIN team_webhooks w ON w.id = m.webhook_id LEFT JOIN teams t ON t.id = w.team_id
            WHERE m.id::text = ANY ($1::text[])`,
    values: [ids],
  });
  return new Map(rows.map(({ id, about }) => [id, about]));
}
