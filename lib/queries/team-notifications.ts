import type { Actor } from "#lib/domain/actor.ts";
import { TEAM_NOTIFICATION_KINDS, type NotificationKind } from "#lib/domain/notifications.ts";
import { may, teamsWhere } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { tellTeam } from "#lib/domain/telling.ts";
import { WEBHOOK_KINDS, type WebhookKind } from "#lib/domain/webhooks.ts";
import { subjectOf, TOLD_COLUMNS, TOLD_JOINS, toldFrom, type ToldRow } from "#lib/db/tellings.ts";
import { pool } from "#lib/db/pool.ts";
import { prisma } from "#lib/db/prisma.ts";

export type WebhookView = {
  readonly id: string;
  readonly name: string;
  readonly kind: WebhookKind;
  /** The rest of the address is a secret. */
  readonly host: string;
  readonly news: readonly NotificationKind[];
};

export type DeliveryView = {
  readonly id: string;
  readonly at: string;
  readonly webhook: string;
  readonly about: string;
  readonly state: "delivered" | "waiting" | "failing" | "dropped";
  readonly attempts: number;
  /** Why it was not taken, or is not sent. */
  readonly why: string | null;
};

export type TeamNotifications = {
  readonly id: string;
  readonly name: string;
  readonly remindAfterHours: number | null;
  readonly escalateAfterHours: number | null;
  readonly webhooks: readonly WebhookView[];
  /** The newest messages to webhooks. */
  readonly deliveries: readonly DeliveryView[];
};

/** The teams whose notifications the actor looks after. */
export async function notifiedTeams(
  actor: Actor,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const teams = teamsWhere(actor, "team.notify");
  return prisma().team.findMany({
    where: teams === null ? {} : { id: { in: [...teams] } },
    select: { id: true, name: true },
    orderBy: { name: "asc" },
  });
}

/** How such a team hears, and what became of its messages. Rejects with `not-found`. */
export async function viewTeamNotifications(actor: Actor, teamId: string): Promise<TeamNotifications> {
  if (!may(actor, "team.notify", teamId)) throw new Rejection("not-found", "There is no such team of yours");
  const [team, { rows }] = await Promise.all([
    prisma().team.findUniqueOrThrow({
      where: { id: teamId },
      include: {
        webhooks: {
          where: { removedAt: null },
          omit: { sealedUrl: true, sealedSecret: true },
          orderBy: [{ createdAt: "asc" }, { id: "asc" }],
        },
      },
    }),
    pool().query<Row>({ name: "team-deliveries", text: DELIVERIES, values: [teamId] }),
  ]);
  return {
    id: team.id,
    name: team.name,
    remindAfterHours: team.remindAfterHours,
    escalateAfterHours: team.escalateAfterHours,
    webhooks: team.webhooks.map(({ id, name, kind, host, news }) => ({
      id,
      name,
      kind: WEBHOOK_KINDS.find((known) => known === kind) ?? "signed",
      host,
      news: TEAM_NOTIFICATION_KINDS.filter((known) => news.includes(known)),
    })),
    deliveries: rows.map(viewDelivery),
  };
}

type Row = {
  readonly id: string;
  readonly made_at: Date;
  readonly webhook: string;
  readonly attempts: number;
  readonly error: string | null;
  readonly delivered: boolean;
  readonly dropped: string | null;
} & (ToldRow | { readonly outbox_id: null });

function viewDelivery(row: Row): DeliveryView {
  const { id, made_at, webhook, attempts, error, delivered, dropped } = row;
  return {
    id,
    at: made_at.toISOString(),
    webhook,
    about: row.outbox_id === null ? "Test" : aboutOf(row),
    state: stateOf(row),
    attempts,
    why: delivered ? null : (dropped ?? error),
  };
}

function aboutOf(row: ToldRow): string {
  const { record, telling } = toldFrom(row);
  const title = subjectOf(record);
  return telling === null ? title : `${title}: ${tellTeam(telling)}`;
}

function stateOf({ delivered, dropped, error }: Row): DeliveryView["state"] {
  if (delivered) return "delivered";
  if (dropped !== null) return "dropped";
  return error === null ? "waiting" : "failing";
}

const DELIVERIES = `
SELECT m.id, m.made_at, w.name AS webhook, m.attempts, m.error, m.delivered_at IS NOT NULL AS delivered, m.dropped,
       ${TOLD_COLUMNS}
  FROM message_deliveries m JOIN team_webhooks w ON w.id = m.webhook_id
  LEFT JOIN (outbox o ${TOLD_JOINS}) ON o.id = m.outbox_id
 WHERE w.team_id = $1::uuid
 ORDER BY m.made_at DESC, m.id DESC
 LIMIT 50`;
