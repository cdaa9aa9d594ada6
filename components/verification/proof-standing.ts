import type { ProofState } from "#lib/queries/proof-state.ts";
import type { VerificationView } from "#lib/queries/list-verifications.ts";
import type { Tone } from "#components/ui/tone.ts";
import { plural } from "./plural.ts";

export type ProofStanding = { readonly tone: Tone; readonly words: string };

/** How the proof of the history stands: the one sentence and the one colour that every page has for it. */
export function proofStanding(
  { checkpoint, waiting, lateSince }: Pick<ProofState, "checkpoint" | "waiting" | "lateSince">,
  runs: readonly VerificationView[],
): ProofStanding {
  const verified = lastResultOf(runs);
  if (verified?.state === "broken")
    return { tone: "blocked", words: "Broken: the last verification found a flaw" };
  if (lateSince !== null)
    return { tone: "blocked", words: `Signing has stopped: ${plural(waiting, "event")} not signed` };
  if (checkpoint === null) return { tone: "attention", words: "Nothing has been signed yet" };
  const signed = `${plural(checkpoint.size, "event")} signed`;
  return verified === undefined
    ? { tone: "neutral", words: `${signed}, not verified yet` }
    : { tone: "done", words: `Whole: ${signed} and verified` };
}

/** The newest verification that came to a result. */
export function lastResultOf(runs: readonly VerificationView[]): VerificationView | undefined {
  return runs.find(({ state }) => state === "whole" || state === "broken");
}
