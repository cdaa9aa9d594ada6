import { createTransport } from "nodemailer";
import { env } from "#lib/env.ts";

const PATIENCE_MS = 20_000;

export type Mail = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  /** The same at each attempt: what a mailbox knows a repeat by. */
  readonly messageId?: string;
};

/** Whether this installation is told how to send mail. */
export function sendsMail(): boolean {
  return env().COUNTERSIGN_SMTP_URL !== undefined && env().COUNTERSIGN_MAIL_FROM !== undefined;
}

/** Hands a mail to the mail server. Rejects when the server does not take it. */
export async function sendMail(mail: Mail): Promise<void> {
  const { COUNTERSIGN_SMTP_URL: url, COUNTERSIGN_MAIL_FROM: from } = env();
  if (url === undefined || from === undefined)
    throw new Error("COUNTERSIGN_SMTP_URL and COUNTERSIGN_MAIL_FROM say how mail is sent");
  const transport = createTransport({ url, connectionTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS });
  try {
    await transport.sendMail({ from, ...mail });
  } finally {
    transport.close();
  }
}
