import type { InstallationEventDraft } from "#lib/domain/installation-events.ts";
import type { Transaction } from "#lib/db/change-installation.ts";
import { endSessionsOf } from "./sessions.ts";

/**
 * Ends every way in that an account has beside its own password: sessions, API tokens, recovery links
 * and its calendar address, but for one session that may stay. Answers with the events of what ended.
 */
export async function endAccessOf(
  tx: Transaction,
  { id, name }: { readonly id: string; readonly name: string },
  at: string,
  exceptSession: string | null = null,
): Promise<readonly InstallationEventDraft[]> {
  await endSessionsOf(tx, id, at, exceptSession);
  await tx.recoveryLink.updateMany({ where: { userId: id, endedAt: null }, data: { endedAt: at } });
  const tokens = await tx.apiToken.updateManyAndReturn({
    where: { userId: id, revokedAt: null },
    data: { revokedAt: at },
  });
  const calendars = await tx.calendarAddress.deleteMany({ where: { userId: id } });
  const ended = { type: "person.calendar-address-revoked" as const, data: { person: id, name } };
  return [
    ...tokens.map((token) => ({
      type: "token.revoked" as const,
      data: { token: token.id, tokenName: token.name, person: id, name },
    })),
    ...(calendars.count === 0 ? [] : [ended]),
  ];
}

/** Ends every recovery link that stands, when somebody is no admin any more: they may have made it. */
export async function endRecoveryLinks(tx: Transaction, at: string): Promise<void> {
  await tx.recoveryLink.updateMany({ where: { endedAt: null }, data: { endedAt: at } });
}
