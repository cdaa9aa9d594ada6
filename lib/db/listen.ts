import { Socket } from "node:net";
import { Client } from "pg";
import { env } from "#lib/env.ts";
import {
  CHANGES,
  NOTIFICATIONS,
  OUTBOX,
  parseChangeNotice,
  PRESENCE,
  SURROUNDINGS,
  type ChangeNotice,
} from "./notices.ts";

/** What the one listening connection of a process tells. */
export type Heard =
  | { readonly kind: "change"; readonly notice: ChangeNotice }
  | { readonly kind: "presence"; readonly payload: string }
  | { readonly kind: "notified"; readonly person: string }
  | { readonly kind: "surroundings"; readonly team: string | null }
  | { readonly kind: "outbox" }
  /** Something may have been missed: the connection was away, and is back. */
  | { readonly kind: "gap" };

type Listener = (heard: Heard) => void;

const RETRY_MS = [100, 250, 500, 1_000, 2_000];
const PULSE_MS = 5_000;

// One listening connection a process, whichever bundle asks first.
declare global {
  var countersignListeners: Set<Listener> | undefined;
}

/** Hears every notice from now on; answers with the way to stop. The first listener connects. */
export function listen(listener: Listener): () => void {
  if (globalThis.countersignListeners === undefined) {
    globalThis.countersignListeners = new Set();
    void keepListening(globalThis.countersignListeners);
  }
  const listeners = globalThis.countersignListeners;
  listeners.add(listener);
  return () => listeners.delete(listener);
}

// For as long as the process lives: a connection that breaks is replaced, and everybody catches up.
async function keepListening(listeners: ReadonlySet<Listener>): Promise<never> {
  const tell = (heard: Heard) => listeners.forEach((listener) => listener(heard));
  for (let attempt = 0; ; attempt += 1) {
    const began = Date.now();
    await listenOnce(tell).catch((error: unknown) =>
      console.warn(
        `listening for changes broke off: ${error instanceof Error ? error.message : String(error)}`,
      ),
    );
    if (Date.now() - began > PULSE_MS) attempt = 0;
    await pause(RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)] ?? PULSE_MS);
  }
}

/** Listens until the connection breaks. */
async function listenOnce(tell: Listener): Promise<void> {
  const client = new Client({
    connectionString: env().APP_DATABASE_URL,
    application_name: "countersign-listener",
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
    keepAlive: true,
    // Listening alone keeps no process alive: scripts and tests end when their work is done.
    stream: () => new Socket().unref(),
  });
  const broken = new Promise<void>((resolve, reject) => {
    client.on("error", reject);
    client.on("end", resolve);
  });
  client.on("notification", ({ channel, payload = "" }) => {
    if (channel === PRESENCE) return tell({ kind: "presence", payload });
    if (channel === NOTIFICATIONS) return tell({ kind: "notified", person: payload });
    if (channel === OUTBOX) return tell({ kind: "outbox" });
    if (channel === SURROUNDINGS)
      return tell({ kind: "surroundings", team: payload === "" ? null : payload });
    const notice = parseChangeNotice(payload);
    if (notice !== null) tell({ kind: "change", notice });
  });
  try {
    await Promise.race([broken, client.connect()]);
    await client.query(`LISTEN ${CHANGES}`);
    await client.query(`LISTEN ${PRESENCE}`);
    await client.query(`LISTEN ${NOTIFICATIONS}`);
    await client.query(`LISTEN ${SURROUNDINGS}`);
    await client.query(`LISTEN ${OUTBOX}`);
    tell({ kind: "gap" });
    await Promise.race([broken, pulse(client)]);
  } finally {
    void broken.catch(() => undefined);
    await client.end().catch(() => undefined);
  }
}

// A connection that died without a word answers no question either.
async function pulse(client: Client): Promise<never> {
  for (;;) {
    await pause(PULSE_MS);
    await client.query("SELECT 1");
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
