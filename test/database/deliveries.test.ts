import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { insertCheckpoint, latestCheckpoint } from "#lib/db/checkpoints.ts";
import { attemptsBetween } from "#lib/db/deliveries.ts";
import { pool } from "#lib/db/pool.ts";
import { startWorker } from "#lib/jobs/start-worker.ts";
import { openCheckpoint, signCheckpoint, splitNotes } from "#lib/proof/checkpoint.ts";
import { parseSigningKey, signingKeyText } from "#lib/proof/note-keys.ts";
import { deliverCheckpoints, dueDestinations } from "#lib/services/deliver-checkpoints.ts";
import { sealHistory } from "#lib/services/seal-history.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import { signingKey } from "#lib/signing-key.ts";
import { freePort } from "#scripts/runtime/free-port.ts";
import { makeTeam, openRecord, sign, toSignOff, type Team } from "#test/support/factories.ts";

const posted = z.object({ checkpoints: z.array(z.string()) });
const folder = mkdtempSync(join(tmpdir(), "countersign-checkpoints-"));
const file = join(folder, "checkpoints.txt");
const received: string[] = [];
const mails: { subject: string; text: string }[] = [];
let refusing = false;
let webhook: Server;
let mailbox: SMTPServer;
let team: Team;

beforeAll(async () => {
  const [webhookPort, mailPort] = [await freePort(), await freePort()];
  webhook = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      if (!refusing) received.push(...posted.parse(JSON.parse(body)).checkpoints);
      response.writeHead(refusing ? 503 : 204).end();
    });
  });
  webhook.listen(webhookPort, "127.0.0.1");
  mailbox = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData: (stream, _session, done) => void keepMail(stream, done),
  });
  mailbox.listen(mailPort, "127.0.0.1");
  process.env.COUNTERSIGN_CHECKPOINT_FILE = file;
  process.env.COUNTERSIGN_CHECKPOINT_WEBHOOK = `http://127.0.0.1:${webhookPort}/hook?secret=1`;
  process.env.COUNTERSIGN_CHECKPOINT_MAIL = "auditor@example.com";
  process.env.COUNTERSIGN_SMTP_URL = `smtp://127.0.0.1:${mailPort}`;
  process.env.COUNTERSIGN_MAIL_FROM = "countersign@example.com";
  team = await makeTeam();
});

afterAll(async () => {
  webhook.close();
  await new Promise<void>((resolve) => mailbox.close(() => resolve()));
  rmSync(folder, { recursive: true });
});

async function keepMail(stream: Readable, done: () => void): Promise<void> {
  const { subject = "", text = "" } = await simpleParser(stream);
  mails.push({ subject, text });
  done();
}

test("each destination gets every checkpoint; mail at most once an hour", async () => {
  await openRecord(team);
  await sealHistory();
  expect(await dueDestinations()).toEqual(["file", "webhook", "mail"]);
  for (const kind of await dueDestinations()) await deliverCheckpoints(kind);
  expect(await dueDestinations()).toEqual([]);
  await openRecord(team);
  const newest = await sealHistory();
  expect(await dueDestinations()).toEqual(["file", "webhook"]);
  for (const kind of await dueDestinations()) await deliverCheckpoints(kind);
  const notes = splitNotes(readFileSync(file, "utf8"));
  expect(notes).toHaveLength(2);
  expect(received).toEqual(notes);
  expect(notes.at(-1)).toBe(newest?.note);
  expect(mails).toHaveLength(1);
  const [mailed] = splitNotes(mails[0]?.text ?? "");
  expect(openCheckpoint(mailed ?? "", signingKey())?.size).toBe(
    openCheckpoint(notes[0] ?? "", signingKey())?.size,
  );
  expect(mails[0]?.subject).toContain("checkpoint over");
  expect((await verifyHistory({ checkpoints: notes })).flaws).toEqual([]);
});

test("what could not be delivered is recorded once, and delivered with the next", async () => {
  refusing = true;
  await openRecord(team);
  await sealHistory();
  await expect(deliverCheckpoints("webhook")).rejects.toThrow("answers 503");
  await expect(deliverCheckpoints("webhook")).rejects.toThrow("answers 503");
  refusing = false;
  const newest = await latestCheckpoint(pool());
  const failed = await attemptsBetween(newest?.size ?? 0, newest?.size ?? 0);
  expect(failed.map(({ destination, error }) => [destination, error?.includes("503")])).toEqual([
    ["webhook", true],
  ]);
  expect(failed[0]?.target).not.toContain("secret");
  await deliverCheckpoints("webhook");
  expect(received.at(-1)).toBe(newest?.note);
  const attempts = await attemptsBetween(newest?.size ?? 0, newest?.size ?? 0);
  expect(attempts.map(({ error }) => error === null)).toEqual([true, false]);
});

test("where a delivery broke off, whatever it left is no note, and the next notes are whole", async () => {
  await openRecord(team);
  const sealed = await sealHistory();
  const note = sealed?.note ?? "";
  const inItsSignature = note.lastIndexOf(" ") + 10;
  for (const length of [3, 60, note.indexOf("\n\n") + 2, note.lastIndexOf("— ") + 1, inItsSignature]) {
    appendFileSync(file, note.slice(0, length));
    await openRecord(team);
    await sealHistory();
    await deliverCheckpoints("file");
  }
  const delivered = splitNotes(readFileSync(file, "utf8"));
  expect(delivered).toContain(note);
  expect(delivered.filter((each) => openCheckpoint(each, signingKey()) === null)).toEqual([]);
  expect((await verifyHistory({ checkpoints: delivered })).flaws).toEqual([]);
});

test("an approval is signed into the log and delivered by itself", async () => {
  const worker = await startWorker();
  const id = await openRecord(team);
  await toSignOff(team, id);
  await sign(id, team.engineeringLead, "engineering-lead");
  const { rows } = await pool().query<{ seq: number }>(
    "SELECT seq FROM events WHERE stream_id = $1 AND type = 'approval.granted'",
    [id],
  );
  const logged = async () => {
    const { rowCount } = await pool().query(
      "SELECT FROM log_leaves l JOIN log_checkpoints c ON l.leaf_index < c.size WHERE stream_id = $1 AND seq = $2",
      [id, rows[0]?.seq],
    );
    const newest = await latestCheckpoint(pool());
    return rowCount !== 0 && received.at(-1) === newest?.note;
  };
  for (let attempt = 0; attempt < 100 && !(await logged()); attempt += 1) await sleep(200);
  expect(await logged()).toBe(true);
  await worker.stop();
});

test("a note that this installation's key has not signed is not delivered, and holds up none that it has", async () => {
  for (let count = 0; count < 2; count += 1) await openRecord(team);
  const genuine = await sealHistory();
  const stranger = parseSigningKey(signingKeyText(signingKey().name, randomBytes(32))) ?? signingKey();
  const at = new Date().toISOString();
  const forged = signCheckpoint({ size: (genuine?.size ?? 0) - 1, root: randomBytes(32), at }, stranger);
  // The app's own role may write one.
  await insertCheckpoint(pool(), forged);
  received.length = 0;
  await deliverCheckpoints("webhook");
  expect(received).toEqual([genuine?.note]);
  expect(await dueDestinations()).not.toContain("webhook");
});
