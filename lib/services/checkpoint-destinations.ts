import { appendFileSync, closeSync, existsSync, fstatSync, openSync, readSync } from "node:fs";
import type { StoredCheckpoint } from "#lib/db/checkpoints.ts";
import { deliveryTargets, type DeliveryTarget } from "#lib/delivery-targets.ts";
import { sendMail } from "./mail.ts";

const PATIENCE_MS = 20_000;
/** Ends what a delivery that broke off left: no line of a signature has so many words. */
const CUT_OFF = " (cut off here)\n\n";

export type Destination = Pick<DeliveryTarget, "kind" | "target"> & {
  /** The shortest time between two deliveries, in minutes. */
  readonly everyMinutes: number;
  readonly deliver: (checkpoints: readonly StoredCheckpoint[]) => Promise<void>;
};

/** Where checkpoints go outside, with the way there. */
export function destinations(): readonly Destination[] {
  return deliveryTargets().map(({ kind, target, address }) => ({ kind, target, ...WAYS[kind](address) }));
}

type Way = Pick<Destination, "everyMinutes" | "deliver">;

const WAYS: Readonly<Record<Destination["kind"], (address: string) => Way>> = {
  file: toFile,
  webhook: toWebhook,
  mail: toMail,
};

function toFile(path: string): Way {
  return {
    everyMinutes: 0,
    deliver: async (checkpoints) =>
      appendFileSync(path, endOfTorn(path) + textOf(checkpoints), { mode: 0o644, flush: true }),
  };
}

// A full disk or a kill leaves part of a note, which must not become part of the next.
function endOfTorn(path: string): string {
  const end = existsSync(path) ? lastTwoBytes(path) : "";
  if (end === "" || end === "\n\n") return "";
  return end.endsWith("\n") ? "\n" : CUT_OFF;
}

function lastTwoBytes(path: string): string {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(2);
    const read = readSync(file, bytes, 0, 2, Math.max(0, fstatSync(file).size - 2));
    return bytes.toString("latin1", 0, read);
  } finally {
    closeSync(file);
  }
}

function toWebhook(address: string): Way {
  const { origin, pathname, search, username, password } = new URL(address);
  const account = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const headers = new Headers({ "content-type": "application/json" });
  if (account !== ":") headers.set("authorization", `Basic ${Buffer.from(account).toString("base64")}`);
  return {
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

function toMail(to: string): Way {
  return {
    everyMinutes: 60,
    deliver: async (checkpoints) => {
      const last = checkpoints.at(-1);
      const subject = `Countersign: checkpoint over ${last?.size} events, ${last?.at}`;
      await sendMail({ to, subject, text: textOf(checkpoints) });
    },
  };
}

function textOf(checkpoints: readonly StoredCheckpoint[]): string {
  return checkpoints.map(({ note }) => `${note}\n`).join("");
}
