import { HOUR, laterBy } from "#lib/domain/time.ts";
import type { ProofState } from "#lib/queries/proof-state.ts";
import type { Tone } from "#components/ui/tone.ts";
import { plural } from "#components/ui/plural.ts";

export type ProofStanding = { readonly tone: Tone; readonly words: string };

/** Everything is verified once an hour: a result that is older says that nobody looks any more. */
const STALE_HOURS = 3;

/** How the proof of the history stands: the one sentence and the one colour that every page has for it. */
export function proofStanding(
  { checkpoint, waiting, lateSince, verified }: ProofState,
  now: string,
): ProofStanding {
  if (verified?.result === "broken")
    return { tone: "blocked", words: "Broken: the last verification found a flaw" };
  if (lateSince !== null)
    return { tone: "blocked", words: `Signing has stopped: ${plural(waiting, "event")} not signed` };
  if (verified?.result === "failed")
    return { tone: "blocked", words: "The last verification came to no result" };
  if (checkpoint === null) return { tone: "attention", words: "Nothing has been signed yet" };
  const signed = `${plural(checkpoint.size, "event")} signed`;
  if (verified === null) return { tone: "neutral", words: `${signed}, not verified yet` };
  return laterBy(verified.at, STALE_HOURS * HOUR) < now
    ? { tone: "attention", words: `${signed}, not verified for hours` }
    : { tone: "done", words: `Whole: ${signed} and verified` };
}
