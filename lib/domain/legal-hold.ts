import type { Decide } from "./change.ts";

/** Keeps everything of a record, ended or not, until the hold is lifted. Another hold changes nothing. */
export function setLegalHold(reason: string): Decide {
  return ({ legalHold }) => (legalHold === null ? [{ type: "legal-hold.set", data: { reason } }] : []);
}

/** Lets the retention span count again. */
export function liftLegalHold(reason: string): Decide {
  return ({ legalHold }) => (legalHold === null ? [] : [{ type: "legal-hold.lifted", data: { reason } }]);
}
