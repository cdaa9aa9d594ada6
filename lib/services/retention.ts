import type { Actor } from "#lib/domain/actor.ts";
import type { RemoveContentInput, RetentionInput } from "#lib/domain/inputs/retention.ts";
import { mayEverywhere } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { isShorter } from "#lib/domain/retention-span.ts";
import { now } from "#lib/clock.ts";
import { changeInstallation, INSTALLATION_ID } from "#lib/db/change-installation.ts";
import { loadDeployment } from "#lib/db/load-deployment.ts";
import { overdueRecords } from "#lib/db/overdue-records.ts";
import { removeContent } from "#lib/db/remove-content.ts";
import { refuseUnproven } from "./step-up.ts";

const AT_ONCE = 200;

/**
 * Sets after how many days from its end a record's content is removed; null keeps everything. A shorter
 * span asks for a fresh proof, and counts only a week later.
 */
export async function setRetention(actor: Actor, { days }: RetentionInput): Promise<void> {
  refuseUnlessAdmin(actor);
  await changeInstallation(actor, async (tx) => {
    const { retentionDays } = await tx.installation.findUniqueOrThrow({ where: { id: INSTALLATION_ID } });
    if (retentionDays === days) return { result: undefined, events: [] };
    if (isShorter(days, retentionDays)) refuseUnproven(actor);
    // The column follows the event; see the trigger `events_followed_by_retention`.
    return {
      result: undefined,
      events: [{ type: "retention.changed", data: { from: retentionDays, to: days } }],
    };
  });
}

/**
 * Removes the content of one record now, instead of waiting for the clock. Admins of all teams, with
 * a fresh proof; never before the retention span is over, never under legal hold.
 */
export async function removeDeploymentContent(
  actor: Actor,
  { deploymentId }: RemoveContentInput,
): Promise<void> {
  refuseUnlessAdmin(actor);
  refuseUnproven(actor);
  if ((await loadDeployment(deploymentId)) === null)
    throw new Rejection("not-found", "There is no such deployment");
  await removeContent(actor, deploymentId, "by-hand");
}

/** Removes the content of records that the retention span no longer covers, the oldest first. */
export async function removeOverdueContent(actor: Actor): Promise<void> {
  for (const { id } of await overdueRecords(now(), AT_ONCE)) {
    try {
      await removeContent(actor, id, "by-the-clock");
    } catch (error) {
      // A hold, a longer span or another worker came first; the next round looks again.
      if (!(error instanceof Rejection)) throw error;
    }
  }
}

function refuseUnlessAdmin(actor: Actor): void {
  if (!mayEverywhere(actor, "retention.manage"))
    throw new Rejection("forbidden", "An admin of all teams looks after retention");
}
