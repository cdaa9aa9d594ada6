import { lookup as systemLookup, type LookupAddress, type LookupAllOptions } from "node:dns";
import type { LookupFunction } from "node:net";
import { Unreadable } from "../unreadable.ts";
import { refusalOf } from "./address-policy.ts";

/** How a name becomes addresses: the machine's own way, unless a test brings a name server of its own. */
export type Lookup = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A lookup whose answers have been checked: the connection goes to exactly these addresses, so that a
 * name which answers differently a second time finds no gap. One bad address refuses the name.
 */
export function guardedLookup(
  allowedRanges: readonly string[],
  lookup: Lookup = systemLookup,
): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const answer = error ?? firstRefusal(hostname, addresses, allowedRanges);
      const [first] = addresses ?? [];
      if (answer !== null) callback(answer, "", 4);
      else if (options.all === true) callback(null, addresses);
      else callback(null, first?.address ?? "", first?.family ?? 4);
    });
  };
}

function firstRefusal(
  hostname: string,
  addresses: readonly LookupAddress[],
  allowedRanges: readonly string[],
): Error | null {
  for (const { address } of addresses) {
    const refusal = refusalOf(address, allowedRanges);
    if (refusal !== null) return new Unreadable(`${hostname} ${refusal}`);
  }
  return addresses.length === 0 ? new Unreadable(`${hostname} has no address`) : null;
}
