import { createHash } from "node:crypto";
import { env } from "#lib/env.ts";

export type DeliveryTarget = {
  readonly kind: "file" | "webhook" | "mail";
  /** As configured; may hold credentials, so it is for whoever delivers alone. */
  readonly address: string;
  /** As an auditor reads it: without credentials. */
  readonly target: string;
};

/** Where checkpoints go outside, as this installation is configured. */
export function deliveryTargets(): readonly DeliveryTarget[] {
  const {
    COUNTERSIGN_CHECKPOINT_FILE: file,
    COUNTERSIGN_CHECKPOINT_WEBHOOK: webhook,
    COUNTERSIGN_CHECKPOINT_MAIL: mail,
  } = env();
  return [
    ...(file === undefined ? [] : [{ kind: "file" as const, address: file, target: file }]),
    ...(webhook === undefined
      ? []
      : [{ kind: "webhook" as const, address: webhook, target: withoutSecrets(webhook) }]),
    ...(mail === undefined ? [] : [{ kind: "mail" as const, address: mail, target: mail }]),
  ];
}

// Paths of webhooks are secrets often enough; a digest tells one from another.
function withoutSecrets(address: string): string {
  const { origin, pathname } = new URL(address);
  return `${origin}/…${createHash("sha256").update(pathname).digest("hex").slice(0, 8)}`;
}
