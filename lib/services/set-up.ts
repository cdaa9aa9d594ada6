import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { SYSTEM_ID, type Actor } from "#lib/domain/actor.ts";
import type { SetUpInput } from "#lib/domain/inputs/people.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { changeInstallation } from "#lib/db/change-installation.ts";
import { env } from "#lib/env.ts";
import { countAttempt } from "./attempt-limits.ts";
import { hashPassword } from "./passwords.ts";
import { logSecurity } from "./security-log.ts";

export const SYSTEM: Actor = { kind: "system", id: SYSTEM_ID, name: "Countersign", grants: [] };

/** The token that the server prints; worthless as soon as somebody exists. */
export function setUpToken(): string {
  return createHmac("sha256", env().COUNTERSIGN_SECRET).update("set-up").digest("base64url").slice(0, 32);
}

/** Makes the first team and its admin. Rejects a wrong token, and anyone but the first. */
export async function setUp(
  { token, team, name, email, password }: SetUpInput,
  address: string,
): Promise<void> {
  await countAttempt("set-up", address);
  if (!isSame(token, setUpToken())) {
    await logSecurity("set-up.refused", { personId: null, address });
    const message = "This is not the token that the server printed";
    throw new Rejection("forbidden", message, { fields: { token: message } });
  }
  const passwordHash = await hashPassword(password);
  await changeInstallation(SYSTEM, async (tx, at) => {
    if ((await tx.user.count()) > 0)
      throw new Rejection("forbidden", "Countersign is set up already; sign in instead");
    const [personId, teamId] = [randomUUID(), randomUUID()];
    await tx.team.create({ data: { id: teamId, name: team, createdAt: at } });
    await tx.user.create({ data: { id: personId, email, name, passwordHash, createdAt: at } });
    await tx.roleGrant.create({
      data: { id: randomUUID(), userId: personId, role: "admin", teamId: null, grantedAt: at },
    });
    return {
      result: undefined,
      events: [
        { type: "team.created", data: { team: teamId, name: team } },
        { type: "person.created", data: { person: personId, name, email } },
        { type: "role.granted", data: { person: personId, name, role: "admin", team: null, teamName: null } },
      ],
    };
  });
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
