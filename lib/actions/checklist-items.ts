"use server";

import { settleItemsInput } from "#lib/domain/inputs/checklist-items.ts";
import { settleItems } from "#lib/services/checklist-items.ts";
import type { ActionFailure, ActionResult } from "./action-result.ts";
import { failure, runAction } from "./run-action.ts";

/** What became of each click, in the order asked: null when it stands. */
export type SettledItems = {
  readonly revision: number;
  readonly refusals: readonly (ActionFailure | null)[];
};

/** Ticks, clears or waives the items that waited together. */
export async function settleItemsAction(input: unknown): Promise<ActionResult<SettledItems>> {
  return runAction(settleItemsInput, input, async (actor, changes) => {
    const { revision, refusals } = await settleItems(actor, changes);
    return { revision, refusals: refusals.map((refusal) => (refusal === null ? null : failureOf(refusal))) };
  });
}

function failureOf(refusal: Error): ActionFailure | null {
  const result = failure(refusal);
  return result.ok ? null : result;
}
