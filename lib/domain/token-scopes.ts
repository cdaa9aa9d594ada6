import type { Action } from "./policy.ts";

/** What an API token may be used for; its person's roles limit it further. */
export const TOKEN_SCOPES = ["read", "evidence", "write"] as const;

export type TokenScope = (typeof TOKEN_SCOPES)[number];

export const TOKEN_SCOPE_TITLES: Readonly<Record<TokenScope, string>> = {
  read: "Read deployments, gates and history, and search all of it",
  evidence: "Add evidence and reports, run checks, and read its teams' deployments",
  write: "Everything a pipeline may do: open, tick, complete, roll back, cancel, and read deployments",
};

/** The scopes of which one must be there; none means that no token may, whatever its scopes. */
export const SCOPES_FOR: Readonly<Record<Action, readonly TokenScope[]>> = {
  "deployment.view": ["read", "evidence", "write"],
  "history.search": ["read"],
  "insights.view": ["read"],
  "history.verify": [],
  "evidence.add": ["evidence", "write"],
  "checks.run": ["evidence", "write"],
  "deployment.open": ["write"],
  "deployment.change-details": ["write"],
  "deployment.cancel": ["write"],
  "item.settle": ["write"],
  "item.waive-critical": ["write"],
  "item.assign": ["write"],
  "item.assign-anybody": ["write"],
  "item.set-due": ["write"],
  "comment.write": ["write"],
  "phase.start": ["write"],
  "phase.complete": ["write"],
  "rollback.trigger": ["write"],
  "freeze.manage": ["write"],
  // A signature, an answer to one, an overruling, a reopening, the end of a freeze
  // and of another's comment are a person's, in a session.
  "approval.sign": [],
  "approval.stand-in": [],
  "break-glass.request": [],
  "break-glass.confirm": [],
  "break-glass.review": [],
  "rejection.answer": [],
  "comment.delete-any": [],
  "freeze.end": [],
  "freeze.lift": [],
  "verdict.overrule": [],
  "phase.reopen": [],
  "service.configure": [],
  "service.free-repository": [],
  "token.create": [],
  "team.notify": [],
  "jobs.manage": [],
  "legal-hold.manage": [],
  "access-log.view": [],
  "retention.view": [],
  "retention.manage": [],
  "people.manage": [],
  "security-log.read": [],
};
