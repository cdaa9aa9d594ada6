import type { ActionFailure } from "#lib/actions/action-result.ts";

/** Ends a form before its action is called; the form shows the failure as if the action had. */
export class InputFailure extends Error {
  readonly failure: ActionFailure;

  constructor(failure: ActionFailure) {
    super(failure.message);
    this.failure = failure;
  }
}
