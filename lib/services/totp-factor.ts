import type { NewTotp } from "#lib/domain/ceremonies.ts";
import { Secret } from "otpauth";
import { encode } from "uqr";
import { now } from "#lib/clock.ts";
import type { Actor } from "#lib/domain/actor.ts";
import type { ConfirmTotpInput } from "#lib/domain/inputs/account.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { changeInstallation } from "#lib/db/change-installation.ts";
import { prisma } from "#lib/db/prisma.ts";
import { countAttempt } from "./attempt-limits.ts";
import { seal, unseal } from "./sealing.ts";
import { dropCodesWithoutFactor } from "./second-factors.ts";
import { logSecurity } from "./security-log.ts";
import { freshlyProven } from "./step-up.ts";
import { stepOf, totpContext, totpFor } from "./totp.ts";

/** Begins to set up one-time codes with a new secret. Needs a fresh proof. */
export async function beginTotp(actor: Actor): Promise<NewTotp> {
  const { id } = freshlyProven(actor);
  const { email, totpFactor } = await prisma().user.findUniqueOrThrow({
    where: { id },
    include: { totpFactor: true },
  });
  if (totpFactor !== null && totpFactor.confirmedAt !== null) throw alreadyThere();
  const secret = new Secret({ size: 20 }).base32;
  const fresh = { sealedSecret: seal(secret, totpContext(id)), createdAt: now(), lastStep: 0 };
  await prisma().totpFactor.deleteMany({ where: { userId: id, confirmedAt: null } });
  await prisma().totpFactor.createMany({ data: { userId: id, ...fresh }, skipDuplicates: true });
  return { secret, qr: encode(totpFor(secret, email).toString(), { border: 2 }).data };
}

/** Confirms with the app's first code that it has the secret. Needs a fresh proof. */
export async function confirmTotp(actor: Actor, { code }: ConfirmTotpInput): Promise<void> {
  const { id, name, session } = freshlyProven(actor);
  await countAttempt("second-factor", `set-up ${id}`);
  await changeInstallation(actor, async (tx, at) => {
    const factor = await tx.totpFactor.findUnique({ where: { userId: id } });
    if (factor === null) throw new Rejection("not-found", "Begin again with a new QR code");
    if (factor.confirmedAt !== null) throw alreadyThere();
    const step = stepOf(unseal(factor.sealedSecret, totpContext(id)), code);
    if (step === null) {
      const message = "This is not the code that goes with this QR code now";
      throw new Rejection("proof-required", message, { fields: { code: message } });
    }
    await tx.totpFactor.update({ where: { userId: id }, data: { confirmedAt: at, lastStep: step } });
    return { result: undefined, events: [{ type: "person.totp-added", data: { person: id, name } }] };
  });
  await logSecurity("factor.added", { personId: id, address: session.address, detail: "one-time codes" });
}

/** Takes the actor's one-time codes away. Needs a fresh proof. */
export async function removeTotp(actor: Actor): Promise<void> {
  const { id, name, session } = freshlyProven(actor);
  await changeInstallation(actor, async (tx) => {
    const { count } = await tx.totpFactor.deleteMany({ where: { userId: id, confirmedAt: { not: null } } });
    if (count === 0) throw new Rejection("not-found", "You have no app for one-time codes");
    await dropCodesWithoutFactor(tx, id);
    return { result: undefined, events: [{ type: "person.totp-removed", data: { person: id, name } }] };
  });
  await logSecurity("factor.removed", { personId: id, address: session.address, detail: "one-time codes" });
}

function alreadyThere(): Rejection {
  return new Rejection("conflict", "You have one-time codes already; remove them first");
}
