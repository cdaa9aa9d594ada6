import type { PasskeyRequest } from "#lib/domain/ceremonies.ts";
import type { Actor } from "#lib/domain/actor.ts";
import type { SignatureChallengeInput } from "#lib/domain/inputs/approvals.ts";
import type { ProofInput } from "#lib/domain/inputs/proof.ts";
import {
  isTwoFactors,
  type Proof,
  type ProofPurpose,
  type Proven,
  type Statement,
} from "#lib/domain/proof.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { prisma } from "#lib/db/prisma.ts";
import { countAttempt, forgetAttempts } from "./attempt-limits.ts";
import { mandateOf } from "./mandate-of.ts";
import { askPasskey, checkPasskey } from "./passkey-answers.ts";
import { verifyPassword } from "./passwords.ts";
import { useRecoveryCode } from "./recovery-code.ts";
import { hasSecondFactor } from "./second-factors.ts";
import { logSecurity } from "./security-log.ts";
import { useTotp } from "./totp.ts";

type Person = Actor & { kind: "person" };

/**
 * Rule 3: proves again, at signing, that the person is who the session says. A passkey's answer
 * holds for exactly this statement. Rejects a password alone where the deployment's team asks for a
 * second factor, at this moment, or where the person has one.
 */
export async function proveSignature(actor: Actor, given: ProofInput, statement: Statement): Promise<Proven> {
  const team = await prisma().team.findFirst({
    where: { deployments: { some: { id: statement.deployment } } },
    select: { secondFactorRequired: true },
  });
  const required = team?.secondFactorRequired ?? false;
  return proveIdentity(actor, given, { kind: "sign", ...statement }, required);
}

/** Asks the actor's passkeys to sign a statement; the answer is a proof for `proveSignature`. */
export async function askToSign(
  actor: Actor,
  { deploymentId: deployment, origin, ...rest }: SignatureChallengeInput,
): Promise<PasskeyRequest> {
  if (actor.kind !== "person") throw new Rejection("forbidden", "A signature is a person's, in a session");
  const mandate = rest.delegation === undefined ? null : await mandateOf(actor, rest.delegation);
  return askPasskey(actor.id, { kind: "sign", deployment, ...rest, for: mandate?.from.id }, origin);
}

/**
 * Proves for a purpose who the actor is. People only. Rejects with `proof-required`, with
 * `second-factor-required`, or with `rate-limited` after too many attempts.
 */
export async function proveIdentity(
  actor: Actor,
  given: ProofInput,
  purpose: ProofPurpose,
  secondFactorRequired = false,
): Promise<Proven> {
  if (actor.kind !== "person") throw new Rejection("forbidden", "A signature is a person's, in a session");
  await countAttempt("account", actor.id, async () =>
    logSecurity("proof.limited", { personId: actor.id, address: actor.session?.address }),
  );
  await refuseOneFactor(actor, given.kind, secondFactorRequired);
  const proven =
    given.kind === "passkey" ? await byPasskey(actor, given, purpose) : await byPassword(actor, given);
  await forgetAttempts("account", actor.id);
  return proven;
}

async function refuseOneFactor(actor: Person, proof: Proof, required: boolean): Promise<void> {
  if (isTwoFactors(proof)) return;
  if (await hasSecondFactor(actor.id)) {
    throw new Rejection("second-factor-required", "Prove it with your second factor as well");
  }
  if (required) {
    throw new Rejection(
      "second-factor-required",
      "This team asks for a second factor to sign; set one up on your account page",
    );
  }
}

async function byPasskey(
  actor: Person,
  given: ProofInput & { kind: "passkey" },
  purpose: ProofPurpose,
): Promise<Proven> {
  const assertion = await checkPasskey(actor.id, purpose, given);
  if (assertion === null)
    return refuse(actor, "passkey", "proof", "The passkey's answer does not hold; try again");
  return { proof: "passkey", assertion };
}

async function byPassword(actor: Person, given: Exclude<ProofInput, { kind: "passkey" }>): Promise<Proven> {
  const user = await prisma().user.findUnique({
    where: { id: actor.id, disabledAt: null },
    select: { passwordHash: true },
  });
  if (!(await verifyPassword(user?.passwordHash ?? null, given.password))) {
    return refuse(actor, "password", "proof.password", "This is not your password");
  }
  if (given.kind === "password+totp" && !(await useTotp(actor.id, given.code))) {
    const message = "This code does not hold, or was used already; wait for the next";
    return refuse(actor, "one-time code", "proof.code", message);
  }
  if (given.kind === "password+recovery-code") {
    if (!(await useRecoveryCode(actor.id, given.code))) {
      return refuse(actor, "recovery code", "proof.code", "This is no recovery code of yours that is left");
    }
    await logSecurity("recovery-code.used", { personId: actor.id, address: actor.session?.address });
  }
  return { proof: given.kind };
}

async function refuse(actor: Person, detail: string, field: string, message: string): Promise<never> {
  await logSecurity("proof.refused", { personId: actor.id, address: actor.session?.address, detail });
  throw new Rejection("proof-required", message, { fields: { [field]: message } });
}
