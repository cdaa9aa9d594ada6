import { channel } from "node:diagnostics_channel";

/** Whose a credential is, by its hash: told of each that holds, within the process alone. */
export type KnownCaller = { readonly credential: string; readonly caller: string };

/** Where `scripts/runtime/open-requests.ts` hears of it, which counts before anybody asks who it is. */
export const KNOWN_CALLERS = "countersign.known-callers";

const known = channel(KNOWN_CALLERS);

export function tellKnownCaller(caller: KnownCaller): void {
  known.publish(caller);
}
