import type { Actor } from "#lib/domain/actor.ts";
import { POLICY } from "#lib/domain/policy.ts";
import { APPROVER_ROLES, ROLE_TITLES, type ApproverRole, type Role } from "#lib/domain/roles.ts";
import { now } from "#lib/clock.ts";
import { prisma } from "#lib/db/prisma.ts";

export type DelegationView = {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** The role and where it holds: `Security, Payments`. */
  readonly role: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly state: "coming" | "standing" | "over" | "revoked";
  readonly endCause: string | null;
};

/** What the caller delegated, and what was delegated to them, newest first. */
export async function listDelegations(
  actor: Actor,
): Promise<{ readonly given: readonly DelegationView[]; readonly received: readonly DelegationView[] }> {
  const rows = await prisma().delegation.findMany({
    where: { OR: [{ fromId: actor.id }, { toId: actor.id }] },
    include: { from: true, to: true, team: true },
    orderBy: [{ startsAt: "desc" }, { id: "desc" }],
    take: 100,
  });
  const at = now();
  const view = (row: (typeof rows)[number]): DelegationView => ({
    id: row.id,
    from: row.from.name,
    to: row.to.name,
    role: `${titleOf(row.role)}, ${row.team?.name ?? "all teams"}`,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    state: stateOf(row, at),
    endCause: row.endCause,
  });
  return {
    given: rows.filter(({ fromId }) => fromId === actor.id).map(view),
    received: rows.filter(({ toId }) => toId === actor.id).map(view),
  };
}

export type DelegationChoice = {
  readonly role: ApproverRole;
  readonly teamId: string | null;
  readonly title: string;
  /** Who may stand in for it. */
  readonly people: readonly { readonly id: string; readonly name: string }[];
};

/** The roles that the caller may delegate, each with its possible stand-ins. */
export async function delegationChoices(actor: Actor): Promise<readonly DelegationChoice[]> {
  const mine = actor.grants.flatMap(({ role, teamId }) =>
    APPROVER_ROLES.filter((approver) => approver === role).map((approver) => ({ role: approver, teamId })),
  );
  if (mine.length === 0) return [];
  const [teams, people] = await Promise.all([
    prisma().team.findMany({ select: { id: true, name: true } }),
    prisma().user.findMany({
      where: { disabledAt: null, id: { not: actor.id } },
      select: { id: true, name: true, roleGrants: { select: { role: true, teamId: true } } },
      orderBy: { name: "asc" },
    }),
  ]);
  const roles: readonly string[] = POLICY["approval.stand-in"];
  return mine.map(({ role, teamId }) => ({
    role,
    teamId,
    title: `${ROLE_TITLES[role]}, ${teams.find(({ id }) => id === teamId)?.name ?? "all teams"}`,
    people: people
      .filter(({ roleGrants }) =>
        roleGrants.some(
          (grant) => roles.includes(grant.role) && (grant.teamId === null || grant.teamId === teamId),
        ),
      )
      .map(({ id, name }) => ({ id, name })),
  }));
}

function stateOf(
  { startsAt, endsAt, endedAt }: { startsAt: Date; endsAt: Date; endedAt: Date | null },
  at: string,
): DelegationView["state"] {
  if (endedAt !== null) return "revoked";
  if (endsAt.toISOString() <= at) return "over";
  return startsAt.toISOString() > at ? "coming" : "standing";
}

// The table's check constraint keeps every role within the approver roles.
function titleOf(role: string): string {
  return ROLE_TITLES[role as Role];
}
