import type { Actor } from "#lib/domain/actor.ts";
import { APPROVER_ROLES } from "#lib/domain/roles.ts";

/** `role` or `role@team` for each approver role held. */
export function rolesHeld(actor: Actor): readonly string[] {
  return actor.grants
    .filter(({ role }) => APPROVER_ROLES.some((approver) => approver === role))
    .map(({ role, teamId }) => (teamId === null ? role : `${role}@${teamId}`));
}

type Parameters = {
  /** `rolesHeld` as text[]. */
  readonly roles: string;
  /** The caller's id. */
  readonly me: string;
  readonly at: string;
};

/**
 * Whether the record `d` waits for the caller: for a signature of theirs, one that they may give for
 * somebody, or their confirmation of a break glass.
 */
export function awaitingMe({ roles, me, at }: Parameters): string {
  const bound = (person: string) =>
    `(d.opener_may_sign OR d.opened_by_id <> ${person}) AND (d.deployer_may_sign OR d.deployed_by_id <> ${person})`;
  const unsigned = (role: string, ...people: readonly string[]) =>
    `NOT EXISTS (SELECT FROM approvals a WHERE a.deployment_id = d.id AND a.round = d.sign_off_round
        AND (a.role = ${role} OR NOT d.may_hold_several_roles)
        AND (a.signed_by_id IN (${people.join(", ")}) OR a.for_id IN (${people.join(", ")})))`;
  const held = (role: string) =>
    `(${role} = ANY (${roles}::text[]) OR ${role} || '@' || d.team_id = ANY (${roles}::text[]))`;
  return `(
    (${bound(`${me}::uuid`)} AND EXISTS (SELECT FROM unnest(d.awaited_roles) AS w(role)
      WHERE ${held("w.role")} AND ${unsigned("w.role", `${me}::uuid`)}))
    OR (${bound(`${me}::uuid`)} AND d.break_glass = 'requested'
      AND EXISTS (SELECT FROM unnest(ARRAY[${APPROVER_ROLES.map((role) => `'${role}'`).join(", ")}]) AS w(role)
        WHERE ${held("w.role")})
      AND EXISTS (SELECT FROM break_glass b WHERE b.deployment_id = d.id AND b.used_at IS NULL
        AND b.closed_at IS NULL AND b.requested_by_id <> ${me}::uuid))
    OR (${bound(`${me}::uuid`)} AND EXISTS (SELECT FROM delegations g JOIN users f ON f.id = g.from_id
      WHERE g.to_id = ${me}::uuid AND g.role = ANY (d.awaited_roles) AND (g.team_id IS NULL OR g.team_id = d.team_id)
        AND g.ended_at IS NULL AND g.starts_at <= ${at}::timestamptz AND ${at}::timestamptz < g.ends_at
        AND f.disabled_at IS NULL AND ${bound("g.from_id")} AND ${unsigned("g.role", "g.from_id", `${me}::uuid`)}
        AND EXISTS (SELECT FROM role_grants r WHERE r.user_id = g.from_id AND r.role = g.role
          AND (r.team_id IS NULL OR r.team_id = d.team_id)))))`;
}
