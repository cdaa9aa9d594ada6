import type { RejectionCode } from "#lib/domain/rejection.ts";

/** The HTTP status of a refusal; whatever the rules of the record refuse is a conflict. */
export function statusOf(code: RejectionCode): number {
  switch (code) {
    case "signed-out":
    case "proof-required":
      return 401;
    case "forbidden":
    case "second-factor-required":
    case "step-up-required":
      return 403;
    case "not-found":
      return 404;
    case "revision-changed":
      return 412;
    case "too-large":
      return 413;
    case "unsupported-media-type":
      return 415;
    case "malformed-json":
      return 400;
    case "invalid-input":
    case "reason-required":
    case "unreadable-report":
    case "idempotency-key-reused":
      return 422;
    case "rate-limited":
      return 429;
    default:
      return 409;
  }
}
