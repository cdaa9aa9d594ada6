import type { Instant } from "./deployment.ts";
import { stagesOf } from "./sign-off.ts";
import type { SignOffStep } from "./template.ts";

/** A signature as far as its wait is concerned. */
export type SignatureMoment = { readonly round: number; readonly role: string; readonly signedAt: Instant };

export type Wait = {
  readonly role: string;
  readonly title: string;
  readonly from: Instant;
  readonly to: Instant;
};

/** When a sign-off came to be due: its phases' completions, and the beginning of each round after the first. */
export type DueMoments = {
  readonly completions: readonly Instant[];
  readonly rounds: ReadonlyMap<number, Instant>;
};

/**
 * How long each signature was waited for: from the latest of the last completion before it of the
 * phase at its gate, the beginning of its round, and the last signature of an earlier stage.
 */
export function approvalWaits(
  steps: readonly SignOffStep[],
  { completions, rounds }: DueMoments,
  signatures: readonly SignatureMoment[],
): readonly Wait[] {
  const stages = stagesOf(steps);
  const stageOf = (role: string) => stages.findIndex((stage) => stage.some((step) => step.role === role));
  return signatures.flatMap(({ round, role, signedAt }) => {
    const step = steps.find((candidate) => candidate.role === role);
    const complete = completions.findLast((at) => at <= signedAt);
    const began = round === 1 ? complete : rounds.get(round);
    if (complete === undefined || began === undefined || step === undefined) return [];
    const earlier = signatures
      .filter((other) => other.round === round && stageOf(other.role) < stageOf(role))
      .map((other) => other.signedAt);
    const from = [complete, began, ...earlier].reduce((latest, at) => (at > latest ? at : latest));
    return [{ role, title: step.title, from, to: signedAt }];
  });
}
