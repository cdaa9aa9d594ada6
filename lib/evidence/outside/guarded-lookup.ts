import {
  NODATA,
  NOTFOUND,
  lookup as systemLookup,
  type LookupAddress,
  type LookupAllOptions,
  type LookupOptions,
} from "node:dns";
import type { LookupFunction } from "node:net";
import pLimit from "p-limit";
import { Unreadable } from "../unreadable.ts";
import { refusalOf } from "./address-policy.ts";

/** How a name becomes addresses: the machine's own way, unless a test brings a name server of its own. */
export type Lookup = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

// The system looks a name up on one of the four threads of a process, which also read files and hash
// passwords, and a name can be slow on purpose: for as long as they last, two of them hold two threads.
const NAMES_AT_ONCE = 2;
const turn = pLimit(NAMES_AT_ONCE);
/** Whoever asked has given up by then. */
const PATIENCE_MS = 5_000;

/**
 * A lookup whose answers have been checked: the connection goes to exactly these addresses, so that a
 * name which answers differently a second time finds no gap. One bad address refuses the name, in the
 * words for a name that there is not: whoever asks learns no names of the inside.
 */
export function guardedLookup(
  allowedRanges: readonly string[],
  lookup: Lookup = systemLookup,
): LookupFunction {
  return (hostname, options, callback) => {
    lookUpInTurn(lookup, hostname, options, (error, addresses) => {
      const [first] = addresses ?? [];
      const answer = refusalFor(hostname, error, addresses ?? [], allowedRanges);
      if (answer !== null) callback(answer, "", 4);
      else if (options.all === true) callback(null, addresses);
      else callback(null, first?.address ?? "", first?.family ?? 4);
    });
  };
}

function lookUpInTurn(
  lookup: Lookup,
  hostname: string,
  options: LookupOptions,
  callback: Parameters<Lookup>[2],
): void {
  const asked = performance.now();
  void turn(async () => {
    if (performance.now() - asked > PATIENCE_MS)
      return callback(new Unreadable(`${hostname} had to wait for names that are slow to look up`), []);
    return new Promise<void>((done) => {
      lookup(hostname, { ...options, all: true }, (...answer) => {
        done();
        callback(...answer);
      });
    });
  });
}

function refusalFor(
  hostname: string,
  error: NodeJS.ErrnoException | null,
  addresses: readonly LookupAddress[],
  allowedRanges: readonly string[],
): Error | null {
  if (error !== null && error.code !== NOTFOUND && error.code !== NODATA) return error;
  const mayBeReached =
    addresses.length > 0 && addresses.every(({ address }) => refusalOf(address, allowedRanges) === null);
  if (mayBeReached) return null;
  return new Unreadable(
    `${hostname} has no address, or a private address that this installation does not allow`,
  );
}
