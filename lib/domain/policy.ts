import type { Actor, RoleGrant } from "./actor.ts";
import { APPROVER_ROLES, ROLES, type ApproverRole, type Role } from "./roles.ts";
import { SCOPES_FOR } from "./token-scopes.ts";

/**
 * Rule 10: which role may do what. Approvals and their like ask for a particular approver role
 * besides (see `holdsRole`), or for the mandate of somebody who holds it.
 */
export const POLICY = {
  "deployment.view": ROLES,
  "deployment.open": ["team-lead"],
  "deployment.change-details": ["team-lead"],
  "deployment.cancel": ["team-lead"],
  "item.settle": ["engineer", "team-lead"],
  "item.waive-critical": ["team-lead"],
  "item.assign": ["engineer", "team-lead"],
  "item.assign-anybody": ["team-lead"],
  "item.set-due": ["team-lead"],
  "comment.write": ["engineer", "team-lead", ...APPROVER_ROLES],
  "comment.delete-any": ["team-lead"],
  "evidence.add": ["engineer", "team-lead"],
  "verdict.overrule": ["team-lead"],
  "checks.run": ["engineer", "team-lead"],
  "service.configure": ["team-lead"],
  "service.free-repository": ["admin"],
  "token.create": ["team-lead", "engineer"],
  "phase.start": ["engineer", "team-lead"],
  "phase.complete": ["engineer", "team-lead"],
  "phase.reopen": ["team-lead"],
  "approval.sign": APPROVER_ROLES,
  "approval.stand-in": ["team-lead", "engineer", ...APPROVER_ROLES],
  "rejection.answer": ["team-lead"],
  "break-glass.request": ["team-lead"],
  "break-glass.confirm": APPROVER_ROLES,
  "break-glass.review": ["team-lead", ...APPROVER_ROLES],
  "freeze.manage": ["admin", "team-lead"],
  "freeze.end": ["admin", "team-lead"],
  "freeze.lift": ["team-lead"],
  "rollback.trigger": ["engineer", "team-lead"],
  "team.notify": ["team-lead", "admin"],
  "history.search": ["auditor", "admin", "team-lead"],
  "history.verify": ["auditor", "admin", "team-lead"],
  "insights.view": ["team-lead", "auditor", "admin"],
  "legal-hold.manage": ["auditor", "admin"],
  "access-log.view": ["auditor", "admin"],
  "retention.view": ["admin", "auditor"],
  "retention.manage": ["admin"],
  "people.manage": ["admin"],
  "jobs.manage": ["admin"],
  "security-log.read": ["admin", "auditor"],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type Action = keyof typeof POLICY;

/** Whether one of the actor's roles for this team allows the action. */
export function may(actor: Actor, action: Action, teamId: string): boolean {
  return grantsFor(actor, action).some((grant) => covers(grant.teamId, teamId));
}

/** Whether a role that allows the action is held for at least one team. */
export function maySomewhere(actor: Actor, action: Action): boolean {
  return grantsFor(actor, action).length > 0;
}

/** Whether a role that allows the action is held for every team. */
export function mayEverywhere(actor: Actor, action: Action): boolean {
  return grantsFor(actor, action).some(({ teamId }) => teamId === null);
}

export function holdsRole(actor: Actor, role: ApproverRole, teamId: string): boolean {
  return actor.grants.some((grant) => grant.role === role && covers(grant.teamId, teamId));
}

/** The teams in which a role allows the action; null means all. */
export function teamsWhere(actor: Actor, action: Action): readonly string[] | null {
  const teams = new Set<string>();
  for (const { teamId } of grantsFor(actor, action)) {
    if (teamId === null) return null;
    teams.add(teamId);
  }
  return [...teams];
}

/** Whether the actor sees this team's records by the auditor's role alone, being no member. */
export function seesAsAuditor(actor: Actor, teamId: string): boolean {
  const covering = actor.grants.filter((grant) => covers(grant.teamId, teamId));
  return covering.length > 0 && covering.every(({ role }) => role === "auditor");
}

/** Whether the actor may do this somewhere by the auditor's role alone: to all teams at once, or to one. */
export function actsAsAuditor(actor: Actor, action: Action): boolean {
  const grants = grantsFor(actor, action);
  const others = grants.filter(({ role }) => role !== "auditor");
  const isCovered = (teamId: string | null) =>
    others.some((grant) => grant.teamId === null || grant.teamId === teamId);
  return grants.some(({ role, teamId }) => role === "auditor" && !isCovered(teamId));
}

// A token acts with its person's roles, for what its scopes say and nothing else.
function grantsFor(actor: Actor, action: Action): readonly RoleGrant[] {
  if (actor.kind === "token" && !SCOPES_FOR[action].some((scope) => actor.token.scopes.includes(scope))) {
    return [];
  }
  const roles: readonly Role[] = POLICY[action];
  return actor.grants.filter(({ role }) => roles.includes(role));
}

function covers(grantTeamId: string | null, teamId: string): boolean {
  return grantTeamId === null || grantTeamId === teamId;
}
