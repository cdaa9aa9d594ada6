/** What a webhook speaks: Slack's and Teams' own forms, or the Standard Webhooks specification. */
export const WEBHOOK_KINDS = ["slack", "teams", "signed"] as const;

export type WebhookKind = (typeof WEBHOOK_KINDS)[number];

export const WEBHOOK_KIND_TITLES: Readonly<Record<WebhookKind, string>> = {
  slack: "Slack",
  teams: "Microsoft Teams",
  signed: "Signed JSON",
};

/** Webhooks that a team may have at once. */
export const WEBHOOKS_AT_MOST = 20;
