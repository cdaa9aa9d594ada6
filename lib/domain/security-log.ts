/** What the security log keeps, and how it reads. Never a secret, nor what somebody typed in vain. */
export const SECURITY_KINDS = {
  "sign-in.succeeded": "signed in",
  "sign-in.failed": "failed to sign in",
  "sign-in.second-factor-failed": "failed at the second step of signing in",
  "sign-in.limited": "tried to sign in too often",
  "session.ended": "signed out",
  "session.ended-others": "ended other sessions",
  "proof.refused": "failed to prove who they are",
  "proof.limited": "tried too often to prove who they are",
  "proof.renewed": "proved who they are anew",
  "password.changed": "changed the password",
  "factor.added": "added a second factor",
  "factor.removed": "removed a second factor",
  "recovery-codes.made": "made new recovery codes",
  "recovery-code.used": "used a recovery code",
  "recovery-link.made": "got a link to recover the account",
  "recovery-link.used": "recovered the account",
  "recovery-link.refused": "came with a link that does not hold",
  "token.new-address": "used an API token from a new address",
  "token.limited": "came too often with tokens that do not hold",
  "access.refused": "was refused what their roles do not allow",
  "set-up.refused": "failed to set Countersign up",
} as const satisfies Readonly<Record<string, string>>;

export type SecurityKind = keyof typeof SECURITY_KINDS;
