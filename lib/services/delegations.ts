import { randomUUID } from "node:crypto";
import type { Actor } from "#lib/domain/actor.ts";
import type { CreateDelegationInput, DelegationInput } from "#lib/domain/inputs/delegations.ts";
import type { DelegationEndCause, InstallationEventDraft } from "#lib/domain/installation-events.ts";
import { POLICY } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { APPROVER_ROLES, type ApproverRole } from "#lib/domain/roles.ts";
import { DAY, laterBy } from "#lib/domain/time.ts";
import { changeInstallation, type Transaction } from "#lib/db/change-installation.ts";
import { freshlyProven } from "./step-up.ts";

export const LONGEST_DELEGATION_DAYS = 92;

/**
 * Names a stand-in for one of the actor's own approver roles, with a fresh proof as before a signature of
 * their own, and answers with the delegation's id.
 * Rejects a role that is not held, a stand-in who does not work on the team, a span that is past or
 * longer than 92 days, and a second stand-in for the same days. Nobody delegates what was delegated.
 */
export async function createDelegation(
  actor: Actor,
  { role, teamId, toId, startsAt, endsAt }: CreateDelegationInput,
): Promise<string> {
  freshlyProven(actor);
  return changeInstallation(actor, async (tx, at) => {
    await refuseUnlessHeld(tx, actor.id, role, teamId);
    await refuseStandIn(tx, actor.id, toId, teamId);
    const span = { startsAt: startsAt < at ? at : startsAt, endsAt };
    refuseSpan(span, at);
    await refuseSecond(tx, { fromId: actor.id, role, teamId }, span);
    const id = randomUUID();
    const data = { id, fromId: actor.id, toId, role, teamId, ...span, createdAt: at };
    const row = await tx.delegation.create({ data });
    const refs = await refsTo(tx, [row]);
    return { result: id, events: refs.map((ref) => ({ type: "delegation.created", data: ref })) };
  });
}

/** Ends a delegation of the actor's own before its time. One that has ended already stays as it is. */
export async function revokeDelegation(actor: Actor, { delegationId }: DelegationInput): Promise<void> {
  if (actor.kind !== "person") throw new Rejection("forbidden", "A delegation is a person's, in a session");
  await changeInstallation(actor, async (tx, at) => {
    const row = await tx.delegation.findUnique({ where: { id: delegationId } });
    if (row === null || row.fromId !== actor.id)
      throw new Rejection("not-found", "There is no such delegation");
    return { result: undefined, events: await end(tx, [row], "withdrawn", at) };
  });
}

/** Ends what a person delegated by a role that they no longer hold; answers with its events. */
export async function endDelegationsOfLostRoles(
  tx: Transaction,
  personId: string,
  at: string,
): Promise<readonly InstallationEventDraft[]> {
  const grants = await tx.roleGrant.findMany({ where: { userId: personId } });
  const rows = await tx.delegation.findMany({ where: { fromId: personId } });
  const lost = rows.filter(({ role, teamId }) => !grants.some((grant) => covers(grant, role, teamId)));
  return end(tx, lost, "role-lost", at);
}

/** Ends what a person delegated and what was delegated to them; answers with its events. */
export async function endDelegationsOfAccount(
  tx: Transaction,
  personId: string,
  at: string,
): Promise<readonly InstallationEventDraft[]> {
  const where = { OR: [{ fromId: personId }, { toId: personId }] };
  return end(tx, await tx.delegation.findMany({ where }), "account-closed", at);
}

type Row = Awaited<ReturnType<Transaction["delegation"]["findMany"]>>[number];

async function end(
  tx: Transaction,
  rows: readonly Row[],
  cause: DelegationEndCause,
  at: string,
): Promise<readonly InstallationEventDraft[]> {
  const standing = rows.filter(({ endedAt, endsAt }) => endedAt === null && endsAt.toISOString() > at);
  for (const { id } of standing)
    await tx.delegation.update({ where: { id }, data: { endedAt: at, endCause: cause } });
  const refs = await refsTo(tx, standing);
  return refs.map((ref) => ({ type: "delegation.revoked", data: { ...ref, cause } }));
}

/**
 * Delegations as events name them. The names are read one table after another: several relations of
 * one `include` would be read at once, and a transaction has one connection.
 */
async function refsTo(tx: Transaction, rows: readonly Row[]) {
  if (rows.length === 0) return [];
  const people = rows.flatMap(({ fromId, toId }) => [fromId, toId]);
  const nameOfPerson = namesById(await tx.user.findMany({ where: { id: { in: people } } }));
  const teamIds = rows.flatMap(({ teamId }) => teamId ?? []);
  const nameOfTeam = namesById(await tx.team.findMany({ where: { id: { in: teamIds } } }));
  const person = (id: string) => ({ person: id, name: nameOfPerson(id) });
  return rows.map(({ id, fromId, toId, role, teamId, startsAt, endsAt }) => ({
    delegation: id,
    from: person(fromId),
    to: person(toId),
    role: approverRole(role),
    team: teamId,
    teamName: teamId === null ? null : nameOfTeam(teamId),
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
  }));
}

// The table's foreign keys keep whoever is asked for among the rows.
function namesById(rows: readonly { readonly id: string; readonly name: string }[]): (id: string) => string {
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return (id) => {
    const name = names.get(id);
    if (name === undefined) throw new Error(`${id} has no name`);
    return name;
  };
}

async function refuseUnlessHeld(
  tx: Transaction,
  userId: string,
  role: ApproverRole,
  teamId: string | null,
): Promise<void> {
  const grants = await tx.roleGrant.findMany({ where: { userId, role } });
  if (grants.some((grant) => covers(grant, role, teamId))) return;
  throw new Rejection("forbidden", "You delegate only a role that you hold yourself");
}

async function refuseStandIn(
  tx: Transaction,
  fromId: string,
  toId: string,
  teamId: string | null,
): Promise<void> {
  const refuse = (message: string) => new Rejection("invalid-input", message, { fields: { toId: message } });
  if (toId === fromId) throw refuse("Name somebody else");
  const roles = [...POLICY["approval.stand-in"]];
  const team = teamId === null ? [{ teamId: null }] : [{ teamId: null }, { teamId }];
  const people = await tx.user.count({
    where: { id: toId, disabledAt: null, roleGrants: { some: { role: { in: roles }, OR: team } } },
  });
  if (people === 0) throw refuse("A stand-in works on the same team: an approver, a lead or an engineer");
}

function refuseSpan({ startsAt, endsAt }: { startsAt: string; endsAt: string }, at: string): void {
  const refuse = (message: string) => {
    throw new Rejection("invalid-input", message, { fields: { endsAt: message } });
  };
  if (endsAt <= at) refuse("These days are past");
  if (endsAt > laterBy(startsAt, LONGEST_DELEGATION_DAYS * DAY)) {
    refuse(`At most ${LONGEST_DELEGATION_DAYS} days at a time`);
  }
}

async function refuseSecond(
  tx: Transaction,
  whose: { fromId: string; role: ApproverRole; teamId: string | null },
  { startsAt, endsAt }: { startsAt: string; endsAt: string },
): Promise<void> {
  const overlapping = await tx.delegation.findFirst({
    where: { ...whose, endedAt: null, startsAt: { lt: endsAt }, endsAt: { gt: startsAt } },
    include: { to: true },
  });
  if (overlapping === null) return;
  const message = `${overlapping.to.name} stands in for you on some of these days already`;
  throw new Rejection("invalid-input", message, { fields: { toId: message } });
}

function covers(
  grant: { role: string; teamId: string | null },
  role: string,
  teamId: string | null,
): boolean {
  return grant.role === role && (grant.teamId === null || grant.teamId === teamId);
}

// The table's check constraint keeps every row within the approver roles.
function approverRole(role: string): ApproverRole {
  const known = APPROVER_ROLES.find((candidate) => candidate === role);
  if (known === undefined) throw new Error(`${role} is no approver role`);
  return known;
}
