import { createHmac } from "node:crypto";
import { placeOf, remarkWith, tellTeam, type Telling } from "#lib/domain/telling.ts";
import type { WebhookKind } from "#lib/domain/webhooks.ts";
import type { ToldRecord } from "#lib/db/tellings.ts";
import { canonicalOrigin } from "#lib/env.ts";

/** What a team is told, before it takes a webhook's form; `about` is for programs. */
export type WebhookMessage = {
  readonly type: string;
  readonly title: string;
  readonly sentence: string;
  readonly remark: string | null;
  readonly href: string;
  readonly about: object;
};

export function webhookMessage(
  { id, service, version, environment }: ToldRecord,
  telling: Telling,
): WebhookMessage {
  return {
    type: typeOf(telling),
    title: `${service} ${version} (${environment})`,
    sentence: tellTeam(telling),
    remark: remarkWith(telling),
    href: canonicalOrigin() + placeOf(telling, id),
    about: { deployment: { id, service, version, environment }, ...detailsOf(telling) },
  };
}

/** What a test says. */
export function testMessage(team: string): WebhookMessage {
  return {
    type: "test",
    title: "Countersign",
    sentence: `This is a test: news of ${team} arrive here.`,
    remark: null,
    href: canonicalOrigin(),
    about: { team },
  };
}

/** The body in the form that the receiver reads; `at` is in the signed form alone. */
export function bodyFor(kind: WebhookKind, message: WebhookMessage, at: string): string {
  const { type, title, sentence, remark, href, about } = message;
  switch (kind) {
    case "slack": {
      const lines = [
        `*${forSlack(title)}*`,
        forSlack(sentence),
        ...(remark === null ? [] : [`>${forSlack(remark)}`]),
      ];
      return JSON.stringify({ text: `${lines.join("\n")}\n<${href}|Open in Countersign>` });
    }
    case "teams":
      return JSON.stringify({ type: "message", attachments: [cardOf(message)] });
    case "signed":
      return JSON.stringify({ type, timestamp: at, data: { ...about, sentence, remark, url: href } });
  }
}

/** The headers by which a receiver knows a repeat, and that the message is ours (Standard Webhooks). */
export function webhookHeaders(
  id: string,
  seconds: number,
  body: string,
  secret: string | null,
): Record<string, string> {
  const headers = { "webhook-id": `msg_${id}`, "webhook-timestamp": String(seconds) };
  if (secret === null) return headers;
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`msg_${id}.${seconds}.${body}`).digest("base64");
  return { ...headers, "webhook-signature": `v1,${signature}` };
}

function typeOf(telling: Telling): string {
  if (telling.kind === "event") return telling.event.type;
  return telling.kind === "check" ? "check.failed" : `sign-off.${telling.kind}`;
}

function detailsOf(telling: Telling): object {
  if (telling.kind === "check") return { item: telling.check.item };
  if (telling.kind !== "event") return { role: telling.role };
  const { seq, at, actor, type } = telling.event;
  return { event: { seq, at, type, actor: actor.name } };
}

function forSlack(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/[\n\v\f\r\u0085\u2028\u2029]+/g, " ");
}

// A card of the kind that a Teams workflow posts.
function cardOf({ title, sentence, remark, href }: WebhookMessage): object {
  const text = (words: string, more: object = {}) => ({
    type: "TextBlock",
    text: plain(words),
    wrap: true,
    ...more,
  });
  // What somebody wrote reads like nothing of ours.
  const boxed = (words: string) => ({ type: "Container", style: "emphasis", items: [text(words)] });
  return {
    contentType: "application/vnd.microsoft.card.adaptive",
    content: {
      $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
      type: "AdaptiveCard",
      version: "1.4",
      body: [text(title, { weight: "Bolder" }), text(sentence), ...(remark === null ? [] : [boxed(remark)])],
      actions: [{ type: "Action.OpenUrl", title: "Open in Countersign", url: href }],
    },
  };
}

// Cards read some Markdown: what somebody typed must not become a link of theirs.
function plain(text: string): string {
  return text.replace(/[\\[\]()*_`~]/g, (character) => `\\${character}`);
}
