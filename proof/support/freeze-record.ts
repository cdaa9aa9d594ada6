import type { Actor } from "#lib/domain/actor.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { laterBy, MINUTE } from "#lib/domain/time.ts";
import { now } from "#lib/clock.ts";
import { prisma } from "#lib/db/prisma.ts";
import { createFreeze, endFreeze, liftFreeze } from "#lib/services/freezes.ts";
import { load } from "#test/support/factories.ts";

/** Freezes a record's environment, which is its own alone (see `openSmall`), for longer than a run. */
export async function freezeRecord(actor: Actor, deploymentId: string, reason: string): Promise<void> {
  const { teamId, details } = await load(deploymentId);
  const team = await prisma().team.findUniqueOrThrow({ where: { id: teamId } });
  const at = now();
  await createFreeze(actor, {
    team: team.name,
    environment: details.environment,
    startsAt: laterBy(at, -MINUTE),
    endsAt: laterBy(at, 24 * 60 * MINUTE),
    reason,
  });
}

/** Ends every window over a record. Rejects with `no-freeze` where none stands. */
export async function thawRecord(actor: Actor, deploymentId: string): Promise<void> {
  for (const { id } of await standing(deploymentId)) await endFreeze(actor, { freezeId: id });
}

/** Lifts every window over a record. Rejects with `no-freeze` where none stands. */
export async function liftFreezes(actor: Actor, deploymentId: string, reason: string): Promise<void> {
  for (const { id } of await standing(deploymentId))
    await liftFreeze(actor, { deploymentId, freezeId: id, reason });
}

async function standing(deploymentId: string) {
  const { environment } = (await load(deploymentId)).details;
  const windows = await prisma().freezeWindow.findMany({ where: { environment, endedAt: null } });
  if (windows.length === 0) throw new Rejection("no-freeze", "No window stands");
  return windows;
}
