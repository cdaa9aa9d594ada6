import type { Actor } from "#lib/domain/actor.ts";
import {
  ALL_NOTIFICATION_KINDS,
  NOTIFICATION_KINDS,
  WAYS,
  type NotificationKind,
  type Way,
} from "#lib/domain/notifications.ts";
import { prisma } from "#lib/db/prisma.ts";
import { env } from "#lib/env.ts";

export type NotificationWays = {
  readonly ways: readonly { readonly kind: NotificationKind; readonly way: Way }[];
  /** Whether this installation sends mail at all. */
  readonly sendsMail: boolean;
};

/** How the actor hears of each kind of news. */
export async function notificationWays(actor: Actor): Promise<NotificationWays> {
  const chosen = await prisma().notificationChoice.findMany({ where: { personId: actor.id } });
  const { COUNTERSIGN_SMTP_URL: url, COUNTERSIGN_MAIL_FROM: from } = env();
  return {
    ways: ALL_NOTIFICATION_KINDS.map((kind) => {
      const choice = chosen.find((row) => row.kind === kind)?.way;
      return { kind, way: WAYS.find((way) => way === choice) ?? NOTIFICATION_KINDS[kind].usual };
    }),
    sendsMail: url !== undefined && from !== undefined,
  };
}
