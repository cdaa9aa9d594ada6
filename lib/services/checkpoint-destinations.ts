import { createHash } from "node:crypto";
import { appendFileSync } from "node:fs";
import { createTransport } from "nodemailer";
import { env } from "#lib/env.ts";
import type { StoredCheckpoint } from "#lib/db/checkpoints.ts";

const PATIENCE_MS = 20_000;

export type Destination = {
  readonly kind: "file" | "webhook" | "mail";
  /** As an auditor reads it: without credentials. */
  readonly target: string;
  /** The shortest time between two deliveries, in minutes. */
  readonly everyMinutes: number;
  readonly deliver: (checkpoints: readonly StoredCheckpoint[]) => Promise<void>;
};

/** Where checkpoints go outside, as this installation is configured. */
export function destinations(): readonly Destination[] {
  const {
    COUNTERSIGN_CHECKPOINT_FILE: file,
    COUNTERSIGN_CHECKPOINT_WEBHOOK: webhook,
    COUNTERSIGN_CHECKPOINT_MAIL: mail,
  } = env();
  return [
    ...(file === undefined ? [] : [toFile(file)]),
    ...(webhook === undefined ? [] : [toWebhook(webhook)]),
    ...(mail === undefined ? [] : [toMail(mail)]),
  ];
}

function toFile(path: string): Destination {
  return {
    kind: "file",
    target: path,
    everyMinutes: 0,
    deliver: async (checkpoints) => appendFileSync(path, textOf(checkpoints), { mode: 0o644, flush: true }),
  };
}

function toWebhook(address: string): Destination {
  const { origin, pathname, search, username, password } = new URL(address);
  const account = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const headers = new Headers({ "content-type": "application/json" });
  if (account !== ":") headers.set("authorization", `Basic ${Buffer.from(account).toString("base64")}`);
  return {
    kind: "webhook",
    // Paths of webhooks are secrets often enough; a digest tells one from another.
    target: `${origin}/…${createHash("sha256").update(pathname).digest("hex").slice(0, 8)}`,
    everyMinutes: 0,
    deliver: async (checkpoints) => {
      // fetch takes no address with an account in it, and would say the address in its error.
      const answer = await fetch(origin + pathname + search, {
        method: "POST",
        headers,
        body: JSON.stringify({ checkpoints: checkpoints.map(({ note }) => note) }),
        redirect: "error",
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      if (!answer.ok) throw new Error(`${origin} answers ${answer.status}`);
    },
  };
}

function toMail(to: string): Destination {
  const { COUNTERSIGN_SMTP_URL: server, COUNTERSIGN_MAIL_FROM: from } = env();
  return {
    kind: "mail",
    target: to,
    everyMinutes: 60,
    deliver: async (checkpoints) => {
      if (server === undefined || from === undefined)
        throw new Error("COUNTERSIGN_SMTP_URL and COUNTERSIGN_MAIL_FROM say how mail is sent");
      const last = checkpoints.at(-1);
      const transport = createTransport({
        url: server,
        connectionTimeout: PATIENCE_MS,
        socketTimeout: PATIENCE_MS,
      });
      try {
        await transport.sendMail({
          from,
          to,
          subject: `Countersign: checkpoint over ${last?.size} events, ${last?.at}`,
          text: textOf(checkpoints),
        });
      } finally {
        transport.close();
      }
    },
  };
}

function textOf(checkpoints: readonly StoredCheckpoint[]): string {
  return checkpoints.map(({ note }) => `${note}\n`).join("");
}
