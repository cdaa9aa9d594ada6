import { randomBytes, randomUUID } from "node:crypto";
import type { Actor } from "#lib/domain/actor.ts";
import type {
  AddWebhookInput,
  ChangeWebhookInput,
  WebhookInput,
} from "#lib/domain/inputs/team-notifications.ts";
import { TEAM_NOTIFICATION_KINDS } from "#lib/domain/notifications.ts";
import { may, maySomewhere } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { WEBHOOK_KINDS, WEBHOOKS_AT_MOST } from "#lib/domain/webhooks.ts";
import { changeInstallation, type Transaction } from "#lib/db/change-installation.ts";
import { seal } from "./sealing.ts";
import { refuseUnproven } from "./step-up.ts";

/** Adds a webhook to a team, with a fresh proof. Answers with the key of a signed one, once; it is kept sealed. */
export async function addWebhook(actor: Actor, input: AddWebhookInput): Promise<string | null> {
  const { teamId, kind, name, url, news } = input;
  const secret = kind === "signed" ? newSecret() : null;
  return changeInstallation(actor, async (tx, at) => {
    await findNotifiedTeam(tx, actor, teamId);
    refuseUnproven(actor);
    if ((await tx.teamWebhook.count({ where: { teamId, removedAt: null } })) >= WEBHOOKS_AT_MOST)
      throw new Rejection("conflict", `A team has at most ${WEBHOOKS_AT_MOST} webhooks; remove one first`);
    const id = randomUUID();
    const webhook = await tx.teamWebhook.create({
      data: {
        id,
        teamId,
        kind,
        name,
        news,
        ...sealedUrl(id, url),
        sealedSecret: secret === null ? null : seal(secret, id),
        createdAt: at,
      },
      include: { team: true },
    });
    return { result: secret, events: [{ type: "team.webhook-added", data: refTo(webhook) }] };
  });
}

/** Changes what a webhook is called, tells of and, with a fresh proof, where it goes; its key stays. */
export async function changeWebhook(actor: Actor, input: ChangeWebhookInput): Promise<void> {
  const { webhookId, url, ...data } = input;
  await changeInstallation(actor, async (tx) => {
    const { name, news } = await findWebhook(tx, actor, webhookId);
    const same = JSON.stringify({ name, news, ...data }) === JSON.stringify({ name, news });
    if (same && url === undefined) return { result: undefined, events: [] };
    if (url !== undefined) refuseUnproven(actor);
    const webhook = await tx.teamWebhook.update({
      where: { id: webhookId },
      data: { ...data, ...(url === undefined ? {} : sealedUrl(webhookId, url)) },
      include: { team: true },
    });
    return { result: undefined, events: [{ type: "team.webhook-changed", data: refTo(webhook) }] };
  });
}

/** Makes a new key for a signed webhook, with a fresh proof, and answers with it once; the one before ends at once. */
export async function renewWebhookSecret(actor: Actor, { webhookId }: WebhookInput): Promise<string> {
  const secret = newSecret();
  await changeInstallation(actor, async (tx) => {
    const webhook = await findWebhook(tx, actor, webhookId);
    refuseUnproven(actor);
    if (webhook.kind !== "signed") throw new Rejection("conflict", "Only signed webhooks have a key");
    await tx.teamWebhook.update({
      where: { id: webhookId },
      data: { sealedSecret: seal(secret, webhookId) },
    });
    return { result: undefined, events: [{ type: "team.webhook-changed", data: refTo(webhook) }] };
  });
  return secret;
}

/** Ends a webhook: what waits for it is not sent any more, and its address and key are forgotten. */
export async function removeWebhook(actor: Actor, { webhookId }: WebhookInput): Promise<void> {
  await changeInstallation(actor, async (tx, at) => {
    const webhook = await findWebhook(tx, actor, webhookId);
    await tx.teamWebhook.update({
      where: { id: webhookId },
      data: { removedAt: at, sealedUrl: "", sealedSecret: webhook.kind === "signed" ? "" : null },
    });
    return { result: undefined, events: [{ type: "team.webhook-removed", data: refTo(webhook) }] };
  });
}

/** A team whose notifications the actor looks after. Rejects with `forbidden` and `not-found`. */
export async function findNotifiedTeam(tx: Pick<Transaction, "team">, actor: Actor, teamId: string) {
  refuseUnlessNotifying(actor);
  const team = await tx.team.findUnique({ where: { id: teamId } });
  if (team === null || !may(actor, "team.notify", teamId))
    throw new Rejection("not-found", "There is no such team of yours");
  return team;
}

/** A webhook of such a team that has not been removed; another team's answers like one that never was. */
export async function findWebhook(tx: Pick<Transaction, "teamWebhook">, actor: Actor, id: string) {
  refuseUnlessNotifying(actor);
  const webhook = await tx.teamWebhook.findUnique({
    where: { id, removedAt: null },
    include: { team: true },
  });
  if (webhook === null || !may(actor, "team.notify", webhook.teamId))
    throw new Rejection("not-found", "There is no such webhook");
  return webhook;
}

function refuseUnlessNotifying(actor: Actor): void {
  if (!maySomewhere(actor, "team.notify"))
    throw new Rejection("forbidden", "A team's lead, or an admin, looks after its notifications");
}

type Webhook = Awaited<ReturnType<typeof findWebhook>>;

function refTo({ id, name, kind, host, news, team }: Webhook) {
  return {
    team: team.id,
    name: team.name,
    webhook: id,
    webhookName: name,
    kind: WEBHOOK_KINDS.find((known) => known === kind) ?? "signed",
    host,
    news: TEAM_NOTIFICATION_KINDS.filter((known) => news.includes(known)),
  };
}

// As the Standard Webhooks specification has it: a prefix, and 24 to 64 random bytes.
function newSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

function sealedUrl(id: string, url: string): { host: string; sealedUrl: string } {
  return { host: new URL(url).host, sealedUrl: seal(url, id) };
}
