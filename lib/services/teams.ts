import { randomUUID } from "node:crypto";
import type { Actor } from "#lib/domain/actor.ts";
import type {
  CreateTeamInput,
  TeamDutiesInput,
  TeamSecondFactorInput,
  TeamTimeZoneInput,
} from "#lib/domain/inputs/people.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { changeInstallation } from "#lib/db/change-installation.ts";
import { refuseUnlessAdmin } from "./people.ts";
import { refuseUnproven } from "./step-up.ts";

const RELAXATIONS = ["openerMaySign", "deployerMaySign", "mayHoldSeveralRoles"] as const;

/** Adds a team, and answers with its id. */
export async function createTeam(actor: Actor, { name }: CreateTeamInput): Promise<string> {
  refuseUnlessAdmin(actor);
  return changeInstallation(actor, async (tx, at) => {
    if ((await tx.team.count({ where: { name } })) > 0) {
      const message = "There is a team of this name already";
      throw new Rejection("invalid-input", message, { fields: { name: message } });
    }
    const id = randomUUID();
    await tx.team.create({ data: { id, name, createdAt: at } });
    return { result: id, events: [{ type: "team.created", data: { team: id, name } }] };
  });
}

/** Rule 3: relaxes, with a fresh proof, or restores separation of duties, for the team's records opened from now on. */
export async function changeTeamDuties(actor: Actor, { teamId, ...given }: TeamDutiesInput): Promise<void> {
  refuseUnlessAdmin(actor);
  await changeInstallation(actor, async (tx) => {
    const team = await tx.team.findUnique({ where: { id: teamId } });
    if (team === null) throw new Rejection("not-found", "There is no such team");
    if (RELAXATIONS.every((duty) => (given[duty] ?? team[duty]) === team[duty]))
      return { result: undefined, events: [] };
    if (RELAXATIONS.some((duty) => given[duty] === true && !team[duty])) refuseUnproven(actor);
    const { openerMaySign, deployerMaySign, mayHoldSeveralRoles } = await tx.team.update({
      where: { id: teamId },
      data: given,
    });
    const duties = { openerMaySign, deployerMaySign, mayHoldSeveralRoles };
    return {
      result: undefined,
      events: [{ type: "team.duties-changed", data: { team: teamId, name: team.name, ...duties } }],
    };
  });
}

/** Rule 3: asks for a second factor at every signature for a team from this moment on; or, with a fresh proof, no longer. */
export async function changeTeamSecondFactor(
  actor: Actor,
  { teamId, required }: TeamSecondFactorInput,
): Promise<void> {
  refuseUnlessAdmin(actor);
  await changeInstallation(actor, async (tx) => {
    const team = await tx.team.findUnique({ where: { id: teamId } });
    if (team === null) throw new Rejection("not-found", "There is no such team");
    if (team.secondFactorRequired === required) return { result: undefined, events: [] };
    if (!required) refuseUnproven(actor);
    await tx.team.update({ where: { id: teamId }, data: { secondFactorRequired: required } });
    const data = { team: teamId, name: team.name, required };
    return { result: undefined, events: [{ type: "team.second-factor-changed", data }] };
  });
}

/** Says where a team's clocks stand, for the calendar. */
export async function changeTeamTimeZone(
  actor: Actor,
  { teamId, timeZone }: TeamTimeZoneInput,
): Promise<void> {
  refuseUnlessAdmin(actor);
  await changeInstallation(actor, async (tx) => {
    const team = await tx.team.findUnique({ where: { id: teamId } });
    if (team === null) throw new Rejection("not-found", "There is no such team");
    if (team.timeZone === timeZone) return { result: undefined, events: [] };
    await tx.team.update({ where: { id: teamId }, data: { timeZone } });
    const data = { team: teamId, name: team.name, from: team.timeZone, to: timeZone };
    return { result: undefined, events: [{ type: "team.time-zone-changed", data }] };
  });
}
