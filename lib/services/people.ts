import { randomUUID } from "node:crypto";
import type { Actor } from "#lib/domain/actor.ts";
import type { CreatePersonInput, PersonInput, SetPasswordInput } from "#lib/domain/inputs/people.ts";
import { mayEverywhere } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { changeInstallation, type Transaction } from "#lib/db/change-installation.ts";
import { endAccessOf, endRecoveryLinks } from "./access.ts";
import { endDelegationsOfAccount } from "./delegations.ts";
import { hashPassword } from "./passwords.ts";
import { logSecurity } from "./security-log.ts";
import { giveRole } from "./give-role.ts";
import { refuseUnproven } from "./step-up.ts";

/** Adds a person with a first password, and a first role if one is given, and answers with their id. Admins of all teams only, with a fresh proof. */
export async function createPerson(
  actor: Actor,
  { name, email, password, grant }: CreatePersonInput,
): Promise<string> {
  refuseUnlessAdmin(actor);
  refuseUnproven(actor);
  const passwordHash = await hashPassword(password);
  return changeInstallation(actor, async (tx, at) => {
    if ((await tx.user.count({ where: { email } })) > 0) {
      const message = "Somebody has this e-mail address already";
      throw new Rejection("invalid-input", message, { fields: { email: message } });
    }
    const id = randomUUID();
    await tx.user.create({ data: { id, email, name, passwordHash, createdAt: at } });
    const created = { type: "person.created" as const, data: { person: id, name, email } };
    const granted = grant == null ? [] : [await giveRole(tx, { id, name }, grant, at)];
    return { result: id, events: [created, ...granted] };
  });
}

/** Gives a person a new password and ends every other way in. Admins of all teams only, with a fresh proof. */
export async function setPassword(actor: Actor, { personId, password }: SetPasswordInput): Promise<void> {
  refuseUnlessAdmin(actor);
  refuseUnproven(actor);
  const passwordHash = await hashPassword(password);
  await changeInstallation(actor, async (tx, at) => {
    const { id, name } = await findPerson(tx, personId);
    await tx.user.update({ where: { id }, data: { passwordHash } });
    const access = await endAccessOf(tx, { id, name }, at);
    const changed = { type: "person.password-changed" as const, data: { person: id, name } };
    return { result: undefined, events: [changed, ...access] };
  });
  const address = actor.kind === "person" ? actor.session?.address : undefined;
  await logSecurity("password.changed", { personId, address, detail: "by an admin" });
}

/**
 * Closes an account and ends every way in at once; nothing of its past is removed, and nothing of
 * what ended comes back when it is opened again. The last admin of all teams keeps theirs.
 */
export async function disablePerson(actor: Actor, { personId }: PersonInput): Promise<void> {
  refuseUnlessAdmin(actor);
  if (actor.id === personId) throw new Rejection("forbidden", "Another admin closes your account");
  await changeInstallation(actor, async (tx, at) => {
    const { id, name, disabledAt } = await findPerson(tx, personId);
    if (disabledAt !== null) return { result: undefined, events: [] };
    await tx.user.update({ where: { id }, data: { disabledAt: at } });
    await refuseWithoutAdmin(tx);
    const access = await endAccessOf(tx, { id, name }, at);
    if ((await tx.roleGrant.count({ where: { userId: id, role: "admin" } })) > 0)
      await endRecoveryLinks(tx, at);
    const delegations = await endDelegationsOfAccount(tx, id, at);
    return {
      result: undefined,
      events: [{ type: "person.disabled", data: { person: id, name } }, ...access, ...delegations],
    };
  });
}

/** Opens a closed account again, with a fresh proof: to the password, the second factors and the roles it had. */
export async function enablePerson(actor: Actor, { personId }: PersonInput): Promise<void> {
  refuseUnlessAdmin(actor);
  refuseUnproven(actor);
  await changeInstallation(actor, async (tx) => {
    const { id, name, disabledAt } = await findPerson(tx, personId);
    if (disabledAt === null) return { result: undefined, events: [] };
    await tx.user.update({ where: { id }, data: { disabledAt: null } });
    return { result: undefined, events: [{ type: "person.enabled", data: { person: id, name } }] };
  });
}

export async function findPerson(tx: Transaction, id: string) {
  const person = await tx.user.findUnique({ where: { id } });
  if (person === null) throw new Rejection("not-found", "There is no such person");
  return person;
}

/** People, roles and teams are for an admin of all teams. */
export function refuseUnlessAdmin(actor: Actor): void {
  if (!mayEverywhere(actor, "people.manage"))
    throw new Rejection("forbidden", "Only an admin manages people, roles and teams");
}

/** Refuses a change after which nobody with an open account is an admin of all teams. */
export async function refuseWithoutAdmin(tx: Transaction): Promise<void> {
  const admins = await tx.roleGrant.count({
    where: { role: "admin", teamId: null, user: { disabledAt: null } },
  });
  if (admins === 0) throw new Rejection("forbidden", "Somebody must remain an admin of all teams");
}
