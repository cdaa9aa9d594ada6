/** Why a gate is closed or a change refused: one line, with the item or role it is about. */
export type Blocker = {
  readonly code: BlockerCode;
  readonly message: string;
  readonly item?: string;
  readonly role?: string;
  readonly phase?: string;
  /** What it rests on, sorted: evidence by its id, a live check by its checker. */
  readonly grounds?: readonly string[];
  /** The freeze window that it is about. */
  readonly freeze?: string;
};

export type BlockerCode =
  | "item-open"
  | "requirement-failed"
  | "requirement-missing"
  | "requirement-stale"
  | "requirement-unknown"
  | "check-failed"
  | "requirement-waiting"
  | "phase-incomplete"
  | "approval-missing"
  | "sign-off-rejected"
  | "freeze-window"
  | "other-commit"
  | "other-environment"
  | "deployment-made"
  | "rollback-running"
  | "deployment-ended";

export const REJECTION_CODES = [
  "signed-out",
  "not-found",
  "forbidden",
  "invalid-input",
  "proof-required",
  "second-factor-required",
  "step-up-required",
  "passkeys-not-here",
  "sign-in-over",
  "link-over",
  "rate-limited",
  "conflict",
  "revision-changed",
  "too-large",
  "unsupported-media-type",
  "malformed-json",
  "unreadable-report",
  "idempotency-key-reused",
  "request-in-progress",
  "deployment-ended",
  "rollback-running",
  "rollback-not-possible",
  "cancellation-not-possible",
  "phase-locked",
  "phase-completed",
  "phase-frozen",
  "section-locked",
  "gate-closed",
  "phase-incomplete",
  "phase-not-earlier",
  "requirement-unmet",
  "reason-required",
  "sign-off-not-open",
  "sign-off-closed",
  "sign-off-rejected",
  "not-your-turn",
  "already-signed",
  "separation-of-duties",
  "content-changed",
  "not-rejected",
  "details-locked",
  "record-full",
  "not-overrulable",
  "delegation-ended",
  "no-freeze",
  "gate-not-next",
  "gate-open",
  "break-glass-pending",
  "break-glass-over",
  "not-reviewable",
  "already-reviewed",
  "content-removed",
  "under-legal-hold",
  "retention-not-over",
  "history-lost",
] as const;

export type RejectionCode = (typeof REJECTION_CODES)[number];

/** An expected refusal. Anything else that is thrown is a bug. */
export class Rejection extends Error {
  override readonly name = "Rejection";
  readonly code: RejectionCode;
  readonly blockers: readonly Blocker[];
  /** Field path to sentence, for bad input. */
  readonly fields: Readonly<Record<string, string>>;

  constructor(
    code: RejectionCode,
    message: string,
    details: { blockers?: readonly Blocker[]; fields?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    this.code = code;
    this.blockers = details.blockers ?? [];
    this.fields = details.fields ?? {};
  }
}
