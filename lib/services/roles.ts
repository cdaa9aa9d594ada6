import type { Actor } from "#lib/domain/actor.ts";
import type { RoleInput } from "#lib/domain/inputs/people.ts";
import { changeInstallation } from "#lib/db/change-installation.ts";
import { endRecoveryLinks } from "./access.ts";
import { endDelegationsOfLostRoles } from "./delegations.ts";
import { findTeamName, giveRole } from "./give-role.ts";
import { findPerson, refuseUnlessAdmin, refuseWithoutAdmin } from "./people.ts";
import { endSessionsOf } from "./sessions.ts";
import { refuseUnproven } from "./step-up.ts";

/** Gives a person a role for one team, or for all when `teamId` is null. Admins of all teams only, with a fresh proof. */
export async function grantRole(actor: Actor, { personId, role, teamId }: RoleInput): Promise<void> {
  refuseUnlessAdmin(actor);
  refuseUnproven(actor);
  await changeInstallation(actor, async (tx, at) => {
    const person = await findPerson(tx, personId);
    const held = await tx.roleGrant.count({ where: { userId: personId, role, teamId } });
    if (held > 0) return { result: undefined, events: [] };
    return { result: undefined, events: [await giveRole(tx, person, { role, teamId }, at)] };
  });
}

/** Takes a role away and ends the person's sessions. The last admin of all teams keeps theirs. */
export async function revokeRole(actor: Actor, { personId, role, teamId }: RoleInput): Promise<void> {
  refuseUnlessAdmin(actor);
  await changeInstallation(actor, async (tx, at) => {
    const person = await findPerson(tx, personId);
    const teamName = await findTeamName(tx, teamId);
    const { count } = await tx.roleGrant.deleteMany({ where: { userId: personId, role, teamId } });
    if (count === 0) return { result: undefined, events: [] };
    await refuseWithoutAdmin(tx);
    await endSessionsOf(tx, personId, at);
    if (role === "admin") await endRecoveryLinks(tx, at);
    const data = { person: person.id, name: person.name, role, team: teamId, teamName };
    const ended = await endDelegationsOfLostRoles(tx, personId, at);
    return { result: undefined, events: [{ type: "role.revoked", data }, ...ended] };
  });
}
