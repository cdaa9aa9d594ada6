import { hash } from "@node-rs/argon2";
import type { Actor } from "#lib/domain/actor.ts";
import { APPROVER_ROLES, type Role } from "#lib/domain/roles.ts";
import { grantRole } from "#lib/services/roles.ts";
import { ADMINISTRATOR } from "#scripts/admin/administrator.ts";
import { makePerson, PASSWORD, type Team } from "#test/support/factories.ts";
import type { ProofDatabase } from "./database.ts";
import type { Player } from "./headway.ts";

type Person = Actor & { kind: "person" };

/**
 * Everybody who plays on a team's records, and `more` besides. The opener and the deployer hold every
 * approver role too, so that only rule 3 keeps them out.
 */
export async function playersOf(team: Team, more: readonly Person[] = []): Promise<readonly Player[]> {
  const apart = [
    await makePerson("team-lead", team.id),
    team.engineer2,
    ...more,
    team.engineeringLead,
    team.sre,
    team.security,
    team.product,
    team.auditor,
    await withApproverRoles(await makePerson("security", team.id), team.id),
  ];
  return [
    { ...(await withApproverRoles(team.lead, team.id)), involved: true },
    { ...(await withApproverRoles(team.engineer, team.id)), involved: true },
    ...apart.map((person) => ({ ...person, involved: false })),
  ];
}

/** So many people with one role on a team. */
export async function makeCrowd(count: number, role: Role, teamId: string): Promise<readonly Person[]> {
  const people: Person[] = [];
  for (let index = 0; index < count; index += 1) people.push(await makePerson(role, teamId));
  return people;
}

/** A person with every approver role on a team besides their own, in the tables too. */
export async function withApproverRoles(person: Person, teamId: string): Promise<Person> {
  const more = APPROVER_ROLES.filter((role) => !person.grants.some((grant) => grant.role === role));
  for (const role of more) await grantRole(ADMINISTRATOR, { personId: person.id, role, teamId });
  return { ...person, grants: [...person.grants, ...more.map((role) => ({ role, teamId }))] };
}

/** Gives everybody the least costly hash of their password: the check stays, the wait goes. */
export async function hurryPasswords({ superuser }: Pick<ProofDatabase, "superuser">): Promise<void> {
  const quick = await hash(PASSWORD, { memoryCost: 8, timeCost: 1, parallelism: 1 });
  await superuser.query("UPDATE users SET password_hash = $1", [quick]);
}
