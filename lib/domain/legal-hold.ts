import type { Decide } from "./change.ts";
import type { Instant } from "./deployment.ts";
import { Rejection } from "./rejection.ts";

/** Keeps everything of a record, ended or not, until the hold is lifted. Another hold changes nothing. */
export function setLegalHold(reason: string): Decide {
  return ({ legalHold }) => (legalHold === null ? [{ type: "legal-hold.set", data: { reason } }] : []);
}

/** Lets the retention span count again. Given when the hold was set, lifts that one alone. */
export function liftLegalHold(reason: string, setAt?: Instant): Decide {
  return ({ legalHold }) => {
    if (legalHold === null) return [];
    if (setAt !== undefined && legalHold.at !== setAt)
      throw new Rejection(
        "conflict",
        "Another hold stands now than the one you were shown; look at it first",
      );
    return [{ type: "legal-hold.lifted", data: { reason } }];
  };
}
