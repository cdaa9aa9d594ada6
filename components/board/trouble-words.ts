import type { Blocker } from "#lib/domain/rejection.ts";

/** What no longer holds of a phase's items, in a word. */
export const TROUBLE_WORDS: Partial<Readonly<Record<Blocker["code"], string>>> = {
  "requirement-stale": "stale",
  "requirement-failed": "fails",
  "check-failed": "fails",
  "requirement-unknown": "unclear",
};
