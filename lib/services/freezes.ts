import { randomUUID } from "node:crypto";
import type { Actor } from "#lib/domain/actor.ts";
import { BOUND_TO_END, liftFreeze as lift } from "#lib/domain/freezes.ts";
import type { CreateFreezeInput, FreezeInput, LiftFreezeInput } from "#lib/domain/inputs/freezes.ts";
import { may, mayEverywhere, maySomewhere, teamsWhere } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { DAY, laterBy } from "#lib/domain/time.ts";
import { changeDeployment } from "#lib/db/change-deployment.ts";
import { changeInstallation, type Transaction } from "#lib/db/change-installation.ts";
import { freezeStopsRecordOf } from "#lib/db/stopped-by-freeze.ts";

export const LONGEST_FREEZE_DAYS = 366;
/** Windows of one team, or over every team, that stand or are to come. */
const MOST_FREEZES = 50;

/**
 * Keeps deployments of a team from beginning in a span, and answers with the window's id. A repeat
 * with the same id makes nothing. Every team at once is for those whose role holds for every team.
 */
export async function createFreeze(
  actor: Actor,
  { team: name, ...input }: CreateFreezeInput,
  id: string = randomUUID(),
): Promise<string> {
  refuseUnlessSomewhere(actor, "freeze.manage");
  return changeInstallation(actor, async (tx, at) => {
    if ((await tx.freezeWindow.count({ where: { id } })) > 0) return { result: id, events: [] };
    const team = name === null ? null : await teamNamed(tx, actor, name);
    if (team === null && !mayEverywhere(actor, "freeze.manage"))
      throw new Rejection("forbidden", "Your role covers some teams; name one of them");
    refuseSpan(input, at);
    await refuseMoreFreezes(tx, team, at);
    const by = { createdAt: at, createdById: actor.id, createdByName: actor.name };
    const row = await tx.freezeWindow.create({ data: { id, teamId: team?.id ?? null, ...input, ...by } });
    return { result: id, events: [{ type: "freeze.created", data: refTo({ ...row, team }) }] };
  });
}

/**
 * Ends a window before its time: a lead or an admin in a session, who neither opened nor deploys a record
 * that it stops or stopped, as at a lift. One that has ended stays as it is.
 */
export async function endFreeze(actor: Actor, { freezeId }: FreezeInput): Promise<void> {
  refuseUnlessSomewhere(actor, "freeze.end");
  await changeInstallation(actor, async (tx, at) => {
    const row = await tx.freezeWindow.findUnique({ where: { id: freezeId }, include: { team: true } });
    if (row === null || !mayManage(actor, row.teamId, "deployment.view"))
      throw new Rejection("not-found", "There is no such freeze");
    if (!mayManage(actor, row.teamId, "freeze.end"))
      throw new Rejection("forbidden", "A lead of the team or an admin ends its freeze");
    if (row.endedAt !== null || row.endsAt.toISOString() <= at) return { result: undefined, events: [] };
    if (await freezeStopsRecordOf(tx, actor.id, freezeId))
      throw new Rejection("separation-of-duties", BOUND_TO_END);
    const ended = { endedAt: at, endedById: actor.id, endedByName: actor.name };
    await tx.freezeWindow.update({ where: { id: freezeId }, data: ended });
    return { result: undefined, events: [{ type: "freeze.ended", data: refTo(row) }] };
  });
}

/** Lets one record begin in spite of a window, with a reason. A team lead who is bound by no duty on it. */
export async function liftFreeze(actor: Actor, { freezeId, reason, ...ref }: LiftFreezeInput): Promise<void> {
  await changeDeployment(actor, ref, "freeze.lift", () => [lift(actor, freezeId, reason)]);
}

function refuseUnlessSomewhere(actor: Actor, action: "freeze.manage" | "freeze.end"): void {
  if (!maySomewhere(actor, action))
    throw new Rejection("forbidden", "A team lead or an admin freezes deployments");
}

// Everybody sees a window over every team; only those of every team change it.
function mayManage(actor: Actor, teamId: string | null, action: "deployment.view" | "freeze.end") {
  if (teamId !== null) return may(actor, action, teamId);
  return action === "deployment.view" || mayEverywhere(actor, action);
}

async function teamNamed(tx: Transaction, actor: Actor, name: string) {
  const mine = teamsWhere(actor, "freeze.manage");
  const team = await tx.team.findFirst({
    where: { name, ...(mine === null ? {} : { id: { in: [...mine] } }) },
  });
  if (team !== null) return team;
  const message = "You freeze no team of this name";
  throw new Rejection("invalid-input", message, { fields: { team: message } });
}

async function refuseMoreFreezes(tx: Transaction, team: { id: string } | null, at: string): Promise<void> {
  const where = { teamId: team?.id ?? null, endedAt: null, endsAt: { gt: at } };
  if ((await tx.freezeWindow.count({ where })) < MOST_FREEZES) return;
  const whose = team === null ? "Every team" : "This team";
  throw new Rejection(
    "conflict",
    `${whose} has ${MOST_FREEZES} freezes that stand or are to come; end one before you make another`,
  );
}

function refuseSpan({ startsAt, endsAt }: { startsAt: string; endsAt: string }, at: string): void {
  const refuse = (message: string) => {
    throw new Rejection("invalid-input", message, { fields: { endsAt: message } });
  };
  if (endsAt <= at) refuse("These days are past");
  if (endsAt > laterBy(startsAt, LONGEST_FREEZE_DAYS * DAY))
    refuse(`At most ${LONGEST_FREEZE_DAYS} days at a time`);
}

type Row = {
  readonly id: string;
  readonly team: { readonly id: string; readonly name: string } | null;
  readonly environment: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly reason: string;
};

function refTo({ id, team, environment, startsAt, endsAt, reason }: Row) {
  return {
    freeze: id,
    team: team?.id ?? null,
    teamName: team?.name ?? null,
    environment,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    reason,
  };
}
