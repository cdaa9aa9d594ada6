import type { Actor } from "#lib/domain/actor.ts";
import { isInTurn, REMINDED_FIRST, type RemindersInput } from "#lib/domain/inputs/team-notifications.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { now } from "#lib/clock.ts";
import { changeInstallation } from "#lib/db/change-installation.ts";
import { pool } from "#lib/db/pool.ts";
import { findNotifiedTeam } from "./webhooks.ts";

/** Says after how many hours awaited approvers are reminded, and, later, the team's leads are told. */
export async function changeReminders(actor: Actor, { teamId, ...given }: RemindersInput): Promise<void> {
  await changeInstallation(actor, async (tx) => {
    const team = await findNotifiedTeam(tx, actor, teamId);
    const { remindAfterHours = team.remindAfterHours, escalateAfterHours = team.escalateAfterHours } = given;
    const hours = { remindAfterHours, escalateAfterHours };
    const same = team.remindAfterHours === remindAfterHours && team.escalateAfterHours === escalateAfterHours;
    if (same) return { result: undefined, events: [] };
    if (!isInTurn(remindAfterHours, escalateAfterHours))
      throw new Rejection("invalid-input", REMINDED_FIRST, {
        fields: { escalateAfterHours: REMINDED_FIRST },
      });
    await tx.team.update({ where: { id: teamId }, data: hours });
    const data = { team: teamId, name: team.name, ...hours };
    return { result: undefined, events: [{ type: "team.reminders-changed", data }] };
  });
}

/** Puts into the outbox whose signature has been awaited for too long, once for each turn. */
export async function remind(): Promise<void> {
  for (const [kind, hours] of [
    ["reminder", "remind_after_hours"],
    ["escalation", "escalate_after_hours"],
  ] as const)
    await pool().query({ name: `remind-${kind}`, text: overdue(hours), values: [kind, now()] });
}

function overdue(hours: "remind_after_hours" | "escalate_after_hours"): string {
  return `
INSERT INTO outbox (deployment_id, seq, kind, role, at)
SELECT o.deployment_id, o.seq, $1::text, o.role, $2::timestamptz
  FROM deployments d JOIN teams t ON t.id = d.team_id
  CROSS JOIN LATERAL unnest(d.awaited_roles) AS w(role)
  CROSS JOIN LATERAL (SELECT * FROM outbox o WHERE o.deployment_id = d.id AND o.role = w.role AND o.kind = 'turn'
    ORDER BY o.seq DESC LIMIT 1) AS o
 WHERE d.awaited_roles <> '{}' AND d.ended_at IS NULL
   AND o.at <= $2::timestamptz - make_interval(hours => t.${hours})
ON CONFLICT ON CONSTRAINT outbox_once DO NOTHING`;
}
