import type { Readable } from "node:stream";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { freePort } from "#scripts/runtime/free-port.ts";

export type ReceivedMail = {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
};

/** A real mail server that keeps what it takes; while it refuses, it takes nothing. */
export class Mailbox {
  readonly mails: ReceivedMail[] = [];
  refuses = false;
  readonly #server: SMTPServer;
  readonly url: string;

  private constructor(port: number) {
    this.url = `smtp://127.0.0.1:${port}`;
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS"],
      onData: (stream, _session, done) => void this.#keep(stream, done),
    });
    this.#server.listen(port, "127.0.0.1");
  }

  static async open(): Promise<Mailbox> {
    return new Mailbox(await freePort());
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #keep(stream: Readable, done: (error?: Error) => void): Promise<void> {
    const { messageId = "", to, subject = "", text = "", html } = await simpleParser(stream);
    if (this.refuses) return done(new Error("not now"));
    const address = to === undefined || Array.isArray(to) ? "" : to.text;
    this.mails.push({
      id: messageId,
      to: address,
      subject,
      text,
      html: typeof html === "string" ? html : "",
    });
    done();
  }
}
