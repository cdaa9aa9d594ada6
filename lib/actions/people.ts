"use server";

import {
  createPersonInput,
  createTeamInput,
  personInput,
  roleInput,
  setPasswordInput,
  teamDutiesInput,
  teamSecondFactorInput,
  teamTimeZoneInput,
} from "#lib/domain/inputs/people.ts";
import { createPerson, disablePerson, enablePerson, setPassword } from "#lib/services/people.ts";
import { grantRole, revokeRole } from "#lib/services/roles.ts";
import {
  changeTeamDuties,
  changeTeamSecondFactor,
  changeTeamTimeZone,
  createTeam,
} from "#lib/services/teams.ts";
import type { ActionResult } from "./action-result.ts";
import { runAction } from "./run-action.ts";

export async function createPersonAction(input: unknown): Promise<ActionResult<string>> {
  return runAction(createPersonInput, input, createPerson);
}

export async function setPasswordAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(setPasswordInput, input, setPassword);
}

export async function disablePersonAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(personInput, input, disablePerson);
}

export async function enablePersonAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(personInput, input, enablePerson);
}

export async function grantRoleAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(roleInput, input, grantRole);
}

export async function revokeRoleAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(roleInput, input, revokeRole);
}

export async function createTeamAction(input: unknown): Promise<ActionResult<string>> {
  return runAction(createTeamInput, input, createTeam);
}

export async function changeTeamDutiesAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(teamDutiesInput, input, changeTeamDuties);
}

export async function changeTeamSecondFactorAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(teamSecondFactorInput, input, changeTeamSecondFactor);
}

export async function changeTeamTimeZoneAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(teamTimeZoneInput, input, changeTeamTimeZone);
}
