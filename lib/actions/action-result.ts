import type { Blocker, RejectionCode } from "#lib/domain/rejection.ts";

/** What a server action answers: the value, or why not, with a sentence for each bad field. */
export type ActionResult<T> = { readonly ok: true; readonly value: T } | ActionFailure;

export type ActionFailure = {
  readonly ok: false;
  /** `unreachable`: no answer came, so nobody knows whether it was done. */
  readonly code: RejectionCode | "fault" | "unreachable";
  readonly message: string;
  readonly blockers: readonly Blocker[];
  readonly fields: Readonly<Record<string, string>>;
};
