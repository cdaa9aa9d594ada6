import type { Decide } from "./change.ts";
import type { Instant } from "./deployment.ts";
import { Rejection } from "./rejection.ts";

/**
 * Keeps everything of a record, ended or not, until the hold is lifted. The same again changes nothing; one for
 * another reason is refused while it stands, since it would go when that one is lifted.
 */
export function setLegalHold(reason: string): Decide {
  return ({ legalHold }) => {
    if (legalHold === null) return [{ type: "legal-hold.set", data: { reason } }];
    if (legalHold.reason === reason) return [];
    throw new Rejection(
      "conflict",
      `A legal hold stands already, of ${legalHold.by.name}; look at its reason`,
    );
  };
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
