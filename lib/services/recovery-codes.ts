import { randomBytes, randomUUID } from "node:crypto";
import type { Actor } from "#lib/domain/actor.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { changeInstallation } from "#lib/db/change-installation.ts";
import { recoveryCodeHash } from "./recovery-code.ts";
import { hasSecondFactor } from "./second-factors.ts";
import { logSecurity } from "./security-log.ts";
import { freshlyProven } from "./step-up.ts";

const RECOVERY_CODES = 10;
const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

/** Makes new recovery codes, shown this once; the old ones are worth nothing. Needs a fresh proof. */
export async function makeRecoveryCodes(actor: Actor): Promise<readonly string[]> {
  const { id, name, session } = freshlyProven(actor);
  const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
  await changeInstallation(actor, async (tx, at) => {
    if (!(await hasSecondFactor(id, tx)))
      throw new Rejection("conflict", "Recovery codes stand in for a second factor; set one up first");
    await tx.recoveryCode.deleteMany({ where: { userId: id } });
    await tx.recoveryCode.createMany({
      data: codes.map((code) => ({
        id: randomUUID(),
        userId: id,
        codeHash: recoveryCodeHash(id, code),
        createdAt: at,
      })),
    });
    return {
      result: undefined,
      events: [{ type: "person.recovery-codes-made", data: { person: id, name } }],
    };
  });
  await logSecurity("recovery-codes.made", { personId: id, address: session.address });
  return codes;
}

/** A new code of 80 random bits, in four groups that a person can copy from paper. */
function newRecoveryCode(): string {
  const letters = [...randomBytes(16)].map((byte) => ALPHABET[byte % 32]).join("");
  return (letters.match(/.{4}/g) ?? []).join("-");
}
