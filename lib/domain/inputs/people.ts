import { z } from "zod";
import { isTimeZone } from "../calendar.ts";
import { ROLES } from "../roles.ts";
import { password } from "./password.ts";
import { line, name, recordId } from "./text.ts";

/** An account’s e-mail address, as it is stored. */
export const email = z.string().trim().toLowerCase().max(254).pipe(z.email("Must be an e-mail address"));
const personName = name(100, "Give a name");

export const setUpInput = z.strictObject({
  token: z.string().min(1, "Enter the token").max(200),
  team: name(100, "Name the team"),
  name: personName,
  email,
  password,
});
const roleHeld = { role: z.enum(ROLES), teamId: recordId.nullable() };
export const createPersonInput = z.strictObject({
  name: personName,
  email,
  password,
  /** A first role, in the same transaction. */
  grant: z.strictObject(roleHeld).nullish(),
});
export const setPasswordInput = z.strictObject({ personId: recordId, password });
export const personInput = z.strictObject({ personId: recordId });
export const roleInput = z.strictObject({
  personId: recordId,
  ...roleHeld,
});
export const teamSecondFactorInput = z.strictObject({ teamId: recordId, required: z.boolean() });
export const teamTimeZoneInput = z.strictObject({
  teamId: recordId,
  timeZone: line(60, "Name the zone").refine(isTimeZone, "Not a time zone such as Europe/Vienna"),
});
export const createTeamInput = z.strictObject({ name: name(100, "Name the team") });
/** What is left out stays as it is by now. */
export const teamDutiesInput = z.strictObject({
  teamId: recordId,
  openerMaySign: z.boolean().optional(),
  deployerMaySign: z.boolean().optional(),
  mayHoldSeveralRoles: z.boolean().optional(),
});

export type SetUpInput = z.infer<typeof setUpInput>;
export type CreatePersonInput = z.infer<typeof createPersonInput>;
export type SetPasswordInput = z.infer<typeof setPasswordInput>;
export type PersonInput = z.infer<typeof personInput>;
export type RoleInput = z.infer<typeof roleInput>;
export type CreateTeamInput = z.infer<typeof createTeamInput>;
export type TeamSecondFactorInput = z.infer<typeof teamSecondFactorInput>;
export type TeamTimeZoneInput = z.infer<typeof teamTimeZoneInput>;
export type TeamDutiesInput = z.infer<typeof teamDutiesInput>;
