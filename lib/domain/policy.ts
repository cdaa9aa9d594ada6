import type { Actor } from "./actor.ts";
import { APPROVER_ROLES, ROLES, type ApproverRole, type Role } from "./roles.ts";

/**
 * Rule 10: which role may do what. Approvals are the one action that asks for a particular
 * approver role besides; see `holdsRole`.
 */
export const POLICY = {
  "deployment.view": ROLES,
  "deployment.open": ["team-lead"],
  "deployment.change-details": ["team-lead"],
  "deployment.cancel": ["team-lead"],
  "item.settle": ["engineer", "team-lead"],
  "item.waive-critical": ["team-lead"],
  "evidence.add": ["engineer", "team-lead"],
  "phase.start": ["engineer", "team-lead"],
  "phase.complete": ["engineer", "team-lead"],
  "phase.reopen": ["team-lead"],
  "approval.sign": APPROVER_ROLES,
  "rejection.answer": ["team-lead"],
  "rollback.trigger": ["engineer", "team-lead"],
  "history.search": ["auditor", "admin", "team-lead"],
  "people.manage": ["admin"],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type Action = keyof typeof POLICY;

/** Whether one of the actor's roles for this team allows the action. */
export function may(actor: Actor, action: Action, teamId: string): boolean {
  const roles: readonly Role[] = POLICY[action];
  return actor.grants.some((grant) => roles.includes(grant.role) && covers(grant.teamId, teamId));
}

/** Whether a role that allows the action is held for at least one team. */
export function maySomewhere(actor: Actor, action: Action): boolean {
  const roles: readonly Role[] = POLICY[action];
  return actor.grants.some((grant) => roles.includes(grant.role));
}

/** Whether a role that allows the action is held for every team. */
export function mayEverywhere(actor: Actor, action: Action): boolean {
  const roles: readonly Role[] = POLICY[action];
  return actor.grants.some((grant) => roles.includes(grant.role) && grant.teamId === null);
}

export function holdsRole(actor: Actor, role: ApproverRole, teamId: string): boolean {
  return actor.grants.some((grant) => grant.role === role && covers(grant.teamId, teamId));
}

/** The teams in which a role allows the action; null means all. */
export function teamsWhere(actor: Actor, action: Action): readonly string[] | null {
  const roles: readonly Role[] = POLICY[action];
  const teams = new Set<string>();
  for (const grant of actor.grants) {
    if (!roles.includes(grant.role)) continue;
    if (grant.teamId === null) return null;
    teams.add(grant.teamId);
  }
  return [...teams];
}

function covers(grantTeamId: string | null, teamId: string): boolean {
  return grantTeamId === null || grantTeamId === teamId;
}
