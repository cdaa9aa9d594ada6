import type { Actor } from "#lib/domain/actor.ts";
import { mayEverywhere } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { ROLES, type Role } from "#lib/domain/roles.ts";
import { prisma } from "#lib/db/prisma.ts";

export type HeldRole = {
  readonly role: Role;
  readonly teamId: string | null;
  readonly teamName: string | null;
};

export type PersonView = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly disabledAt: string | null;
  readonly roles: readonly HeldRole[];
  /** What they can prove themselves with besides a password, in words; null for nothing. */
  readonly secondFactor: string | null;
};

export type TeamView = {
  readonly id: string;
  readonly name: string;
  readonly openerMaySign: boolean;
  readonly deployerMaySign: boolean;
  readonly mayHoldSeveralRoles: boolean;
  readonly secondFactorRequired: boolean;
  readonly timeZone: string;
};

/** Everybody with their roles, and the teams, for an admin. */
export async function listPeople(
  actor: Actor,
): Promise<{ people: readonly PersonView[]; teams: readonly TeamView[] }> {
  if (!mayEverywhere(actor, "people.manage"))
    throw new Rejection("forbidden", "Only an admin manages people, roles and teams");
  const [users, teams] = await Promise.all([
    prisma().user.findMany({
      include: {
        roleGrants: { include: { team: true } },
        totpFactor: { select: { confirmedAt: true } },
        _count: { select: { passkeys: true } },
      },
      orderBy: { name: "asc" },
    }),
    prisma().team.findMany({ orderBy: { name: "asc" } }),
  ]);
  const people = users.map(({ id, name, email, disabledAt, roleGrants, totpFactor, _count }) => ({
    id,
    name,
    email,
    disabledAt: disabledAt?.toISOString() ?? null,
    secondFactor: factorsInWords(_count.passkeys > 0, totpFactor?.confirmedAt != null),
    roles: roleGrants
      .map(({ role, teamId, team }) => ({
        role: ROLES.find((known) => known === role),
        teamId,
        teamName: team?.name ?? null,
      }))
      .flatMap(({ role, ...grant }) => (role === undefined ? [] : [{ role, ...grant }])),
  }));
  return { people, teams: teams.map(viewTeam) };
}

function viewTeam(team: TeamView): TeamView {
  const { id, name, openerMaySign, deployerMaySign, mayHoldSeveralRoles, secondFactorRequired, timeZone } =
    team;
  return { id, name, openerMaySign, deployerMaySign, mayHoldSeveralRoles, secondFactorRequired, timeZone };
}

function factorsInWords(passkey: boolean, codes: boolean): string | null {
  const factors = [passkey && "passkey", codes && "one-time codes"].filter(Boolean);
  return factors.length === 0 ? null : factors.join(", ");
}
