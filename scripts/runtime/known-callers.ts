import cluster from "node:cluster";
import { subscribe } from "node:diagnostics_channel";
import { keepNewest } from "#lib/keep-newest.ts";
import { KNOWN_CALLERS, type KnownCaller } from "#lib/auth/known-callers.ts";

/** Credentials that are remembered; one that is forgotten counts as its network's until it is known again. */
const REMEMBERED = 10_000;

/** Whose each credential is, by its hash, in this process or another; the one heard of last at the end. */
export function rememberKnownCallers(): ReadonlyMap<string, string> {
  const known = new Map<string, string>();
  const remember = ({ credential, caller }: KnownCaller) => keepNewest(known, REMEMBERED, credential, caller);
  subscribe(KNOWN_CALLERS, (message) => {
    const heard = publishedFrom(message);
    if (!known.has(heard.credential)) process.send?.({ [KNOWN_CALLERS]: heard });
    remember(heard);
  });
  process.on("message", (message) => {
    const heard = sentFrom(message);
    if (heard !== undefined) remember(heard);
  });
  return known;
}

/** In the primary process: what one process knows, the others hear. */
export function passOnKnownCallers(): void {
  cluster.on("message", (from, message: unknown) => {
    const heard = sentFrom(message);
    if (heard === undefined) return;
    for (const worker of Object.values(cluster.workers ?? {}))
      if (worker !== undefined && worker.id !== from.id && worker.isConnected())
        worker.send({ [KNOWN_CALLERS]: heard });
  });
}

// What `lib/auth/known-callers.ts` publishes.
function publishedFrom(message: unknown): KnownCaller {
  return message as KnownCaller;
}

// Processes send each other more than this, and nothing else under this name.
function sentFrom(message: unknown): KnownCaller | undefined {
  return typeof message === "object" && message !== null
    ? (message as { [KNOWN_CALLERS]?: KnownCaller })[KNOWN_CALLERS]
    : undefined;
}
