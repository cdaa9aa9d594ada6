import type { PoolClient } from "pg";
import type { Instant } from "#lib/domain/deployment.ts";
import type { NotificationKind } from "#lib/domain/notifications.ts";
import { pool } from "./pool.ts";

export type StoredWebhook = {
  readonly id: string;
  readonly teamId: string;
  readonly kind: string;
  readonly host: string;
  readonly sealedUrl: string;
  readonly sealedSecret: string | null;
};

/** A webhook that has not been removed. */
export async function loadWebhook(id: string): Promise<StoredWebhook | null> {
  const { rows } = await pool().query<StoredWebhook>({
    name: "load-webhook",
    text: `SELECT id, team_id AS "teamId", kind, host, sealed_url AS "sealedUrl", sealed_secret AS "sealedSecret"
             FROM team_webhooks WHERE id = $1::uuid AND removed_at IS NULL`,
    values: [id],
  });
  return rows[0] ?? null;
}

/** Makes a message to each webhook of a team that hears of this kind; answers with the messages' ids. */
export async function makeWebhookMessages(
  client: PoolClient,
  outboxId: string,
  teamId: string,
  kind: NotificationKind,
  at: Instant,
): Promise<readonly string[]> {
  const { rows } = await client.query<{ id: string }>({
    name: "make-webhook-messages",
    text: `INSERT INTO message_deliveries (outbox_id, webhook_id, made_at)
           SELECT $1::uuid, w.id, $4::timestamptz FROM team_webhooks w
            WHERE w.team_id = $2::uuid AND w.removed_at IS NULL AND $3 = ANY (w.news)
           ON CONFLICT DO NOTHING RETURNING id`,
    values: [outboxId, teamId, kind, at],
  });
  return rows.map(({ id }) => id);
}

/** Notes a test of a webhook before it is sent. */
export async function makeTest(id: string, webhookId: string, at: Instant): Promise<void> {
  await pool().query(
    "INSERT INTO message_deliveries (id, webhook_id, made_at) VALUES ($1::uuid, $2::uuid, $3::timestamptz)",
    [id, webhookId, at],
  );
}
