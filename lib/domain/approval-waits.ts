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

/**
 * How long each signature was waited for: from the later of the round's beginning and the last
 * signature of an earlier stage. `roundsBegan` holds the beginnings by round, from 1 on.
 */
export function approvalWaits(
  steps: readonly SignOffStep[],
  roundsBegan: ReadonlyMap<number, Instant>,
  signatures: readonly SignatureMoment[],
): readonly Wait[] {
  const stages = stagesOf(steps);
  const stageOf = (role: string) => stages.findIndex((stage) => stage.some((step) => step.role === role));
  return signatures.flatMap(({ round, role, signedAt }) => {
    const began = roundsBegan.get(round);
    const step = steps.find((candidate) => candidate.role === role);
    if (began === undefined || step === undefined) return [];
    const from = signatures
      .filter((other) => other.round === round && stageOf(other.role) < stageOf(role))
      .reduce((latest, other) => (other.signedAt > latest ? other.signedAt : latest), began);
    return [{ role, title: step.title, from, to: signedAt }];
  });
}
