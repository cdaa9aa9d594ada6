import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { now } from "#lib/clock.ts";
import type { Actor, SessionRef } from "#lib/domain/actor.ts";
import { findActor } from "#lib/auth/find-actor.ts";
import { pool } from "#lib/db/pool.ts";
import { prisma } from "#lib/db/prisma.ts";
import { addPasskey, askToEnrol } from "#lib/services/passkeys.ts";
import { signIn } from "#lib/services/sign-in.ts";
import { beginTotp, confirmTotp } from "#lib/services/totp-factor.ts";
import { totpFor } from "#lib/services/totp.ts";
import { moveClock } from "#test/support/database.ts";
import { emailOf, PASSWORD } from "#test/support/factories.ts";
import { SoftwarePasskey } from "#test/support/software-passkey.ts";

export const ORIGIN = "http://localhost:3000";
export const PLACE = { address: "192.0.2.7", agent: "a browser" };
export const NEW_PASSWORD = "quite another password";

export type Signed = Actor & { kind: "person"; session: SessionRef };

let clock = 0;
/** The clock of this file goes on alone; what was fresh is stale after six minutes. */
export function wait(minutes: number): void {
  clock += minutes * 60_000;
  moveClock(clock);
}

export async function signedIn(person: Actor & { kind: "person" }): Promise<Signed> {
  const session = await signIn(await emailOf(person), PASSWORD, `from ${person.id}`);
  const actor = session?.state === "signed-in" ? await findActor(session.token, PLACE.address) : null;
  if (actor === null) throw new Error("the test's person could not sign in");
  return actor;
}

export async function withPasskey(
  person: Actor & { kind: "person" },
): Promise<{ actor: Signed; passkey: SoftwarePasskey }> {
  const actor = await signedIn(person);
  const passkey = new SoftwarePasskey();
  const request = await askToEnrol(actor, { origin: ORIGIN });
  await addPasskey(actor, { challengeId: request.challengeId, name: "Key", answer: passkey.make(request) });
  return { actor, passkey };
}

export async function withTotp(
  person: Actor & { kind: "person" },
): Promise<{ actor: Signed; code: () => string }> {
  const actor = await signedIn(person);
  const { secret } = await beginTotp(actor);
  const code = () => totpFor(secret, "").generate({ timestamp: Date.parse(now()) });
  await confirmTotp(actor, { code: code() });
  wait(1);
  return { actor, code };
}

export async function pendingFor(person: Actor & { kind: "person" }): Promise<string> {
  const pending = await signIn(await emailOf(person), PASSWORD, `from ${randomUUID()}`);
  expect(pending?.state).toBe("second-factor");
  return pending?.token ?? "";
}

export async function installationEvents(): Promise<readonly string[]> {
  const { rows } = await pool().query<{ type: string }>(
    "SELECT type FROM events WHERE stream_id = '00000000-0000-4000-8000-000000000000' ORDER BY seq DESC LIMIT 3",
  );
  return rows.map(({ type }) => type);
}

export async function logged(personId: string): Promise<readonly string[]> {
  const rows = await prisma().securityLogEntry.findMany({
    where: { userId: personId },
    orderBy: { id: "asc" },
  });
  return rows.map(({ kind }) => kind);
}
