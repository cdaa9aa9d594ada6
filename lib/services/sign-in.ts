import type { SecondFactorChoices } from "#lib/domain/ceremonies.ts";
import { randomBytes, randomUUID } from "node:crypto";
import { now } from "#lib/clock.ts";
import type { SecondFactorInput } from "#lib/domain/inputs/proof.ts";
import { PROOF_TITLES, type Proof } from "#lib/domain/proof.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { laterBy, MINUTE } from "#lib/domain/time.ts";
import type { Transaction } from "#lib/db/change-installation.ts";
import { hashToken } from "#lib/hash-token.ts";
import { prisma } from "#lib/db/prisma.ts";
import { countAttempt, forgetAttempts, uncountAttempt } from "./attempt-limits.ts";
import { deviceOf, withDevice, type Account } from "./devices.ts";
import { askPasskey, checkPasskey } from "./passkey-answers.ts";
import { verifyPassword } from "./passwords.ts";
import { useRecoveryCode } from "./recovery-code.ts";
import { hasSecondFactor } from "./second-factors.ts";
import { logSecurity } from "./security-log.ts";
import { createSession, type Place } from "./sessions.ts";
import { useTotp } from "./totp.ts";

const PENDING_MINUTES = 5;

/** A session's token; or, where a second factor is asked for, one that is good for that step alone. */
export type SignIn =
  | { readonly state: "second-factor"; readonly userId: string; readonly token: string }
  | SignedIn;

type SignedIn = {
  readonly state: "signed-in";
  readonly userId: string;
  readonly token: string;
  /** For the browser to keep: by this it knows the account again (`deviceOf`). */
  readonly devices: string;
};

/**
 * The first step: e-mail and password. Null when the two do not match, which looks and lasts the
 * same for an account that does not exist. Rejects with `rate-limited` after too many attempts on
 * the account or from the address; or else from the device, where `devices`, what the browser keeps,
 * says that the account signed in there before. So it does after too many that succeeded.
 */
export async function signIn(
  email: string,
  password: string,
  address: string,
  agent: string | null = null,
  devices: string | null = null,
): Promise<SignIn | null> {
  const account = email.trim().toLowerCase();
  const user = await prisma().user.findUnique({ where: { email: account, disabledAt: null } });
  const device = deviceOf(devices, user);
  const limited = async () => logSecurity("sign-in.limited", { personId: null, address });
  if (device === null) await countAttempt("address", address, limited);
  const counted = device ?? hashToken(account);
  await countAttempt("account", counted, limited);
  const matches = await verifyPassword(user?.passwordHash ?? null, password);
  if (user === null || !matches) {
    await logSecurity("sign-in.failed", { personId: user?.id ?? null, address });
    return null;
  }
  await forgetAttempts("account", counted);
  // Behind one address a whole office may sign in.
  if (device === null) await uncountAttempt("address", address);
  const second = await hasSecondFactor(user.id);
  if (!second) await countProven(user.id, address);
  const begun = await whileOpen(user, async (tx) =>
    second ? pendingFor(tx, user.id) : begin(tx, user, "password", { address, agent }, devices),
  );
  if (begun?.state === "signed-in") await logSignedIn(user.id, "password", address);
  return begun;
}

/** What the second step can be, for whoever holds the token of the first. */
export async function askSecondFactor(pendingToken: string, origin: string): Promise<SecondFactorChoices> {
  const { id, userId } = await findPending(pendingToken);
  const [passkey, totp, codes] = await Promise.all([
    askPasskey(userId, { kind: "sign-in", pending: id }, origin).catch(nullWhereNone),
    prisma().totpFactor.count({ where: { userId, confirmedAt: { not: null } } }),
    prisma().recoveryCode.count({ where: { userId, usedAt: null } }),
  ]);
  return { passkey, totp: totp > 0, recoveryCodes: codes > 0 };
}

/**
 * The second step. The first is over after five minutes, and serves once. Rejects with
 * `sign-in-over` after that, `proof-required` when the factor does not hold, `rate-limited`; `devices`
 * as in the first.
 */
export async function finishSignIn(
  pendingToken: string,
  given: SecondFactorInput,
  place: Place,
  devices: string | null = null,
): Promise<SignedIn> {
  const { id, userId, user } = await findPending(pendingToken);
  const { address } = place;
  const counted = deviceOf(devices, user) ?? userId;
  await countAttempt("second-factor", counted, async () =>
    logSecurity("sign-in.limited", { personId: userId, address }),
  );
  const proof = await proofBy(userId, id, given);
  if (proof === null) {
    await logSecurity("sign-in.second-factor-failed", { personId: userId, address });
    throw new Rejection("proof-required", "This does not hold; try again");
  }
  await countProven(userId, address);
  const begun = await whileOpen({ id: userId }, async (tx) => {
    // Of two who finish the same first step at once, one deletes it.
    const { count } = await tx.pendingSignIn.deleteMany({ where: { id } });
    return count === 1 ? begin(tx, user, proof, place, devices) : null;
  });
  if (begun === null) throw over();
  await forgetAttempts("second-factor", counted);
  if (proof === "password+recovery-code")
    await logSecurity("recovery-code.used", { personId: userId, address });
  await logSignedIn(userId, proof, address);
  return begun;
}

/**
 * Begins something for an account that is open, and has the password that was looked at; null where it is
 * not so any more. Whoever closes it or sets another password waits for this, and then ends what began.
 */
async function whileOpen<T extends SignIn>(
  { id, passwordHash }: { readonly id: string; readonly passwordHash?: string | null },
  begins: (tx: Transaction) => Promise<T | null>,
): Promise<T | null> {
  return prisma().$transaction(async (tx) => {
    const [user] = await tx.$queryRaw<{ password_hash: string }[]>`
      SELECT password_hash FROM users WHERE id = ${id}::uuid AND disabled_at IS NULL FOR SHARE`;
    if (user === undefined || (passwordHash !== undefined && user.password_hash !== passwordHash))
      return null;
    return begins(tx);
  });
}

async function proofBy(userId: string, pending: string, given: SecondFactorInput): Promise<Proof | null> {
  switch (given.kind) {
    case "totp":
      return (await useTotp(userId, given.code)) ? "password+totp" : null;
    case "recovery-code":
      return (await useRecoveryCode(userId, given.code)) ? "password+recovery-code" : null;
    case "passkey":
      return (await checkPasskey(userId, { kind: "sign-in", pending }, given)) === null ? null : "passkey";
  }
}

async function pendingFor(tx: Transaction, userId: string): Promise<SignIn> {
  const token = randomBytes(32).toString("base64url");
  const createdAt = now();
  const expiresAt = laterBy(createdAt, PENDING_MINUTES * MINUTE);
  await tx.pendingSignIn.create({
    data: { id: randomUUID(), userId, tokenHash: hashToken(token), createdAt, expiresAt },
  });
  return { state: "second-factor", userId, token };
}

async function findPending(token: string): Promise<{ id: string; userId: string; user: Account }> {
  const pending = await prisma().pendingSignIn.findUnique({
    where: { tokenHash: hashToken(token), expiresAt: { gt: now() }, user: { disabledAt: null } },
    select: { id: true, userId: true, user: { select: { id: true, devicesEndedAt: true } } },
  });
  if (pending === null) throw over();
  return pending;
}

async function begin(
  tx: Transaction,
  user: Account,
  proof: Proof,
  place: Place,
  devices: string | null,
): Promise<SignedIn> {
  const token = await createSession(user.id, proof, place, tx);
  return { state: "signed-in", userId: user.id, token, devices: withDevice(devices, user) };
}

// Only whoever can sign in is counted: nobody else keeps them out by this.
async function countProven(personId: string, address: string): Promise<void> {
  await countAttempt("proven", personId, async () => logSecurity("sign-in.limited", { personId, address }));
}

async function logSignedIn(personId: string, proof: Proof, address: string): Promise<void> {
  await logSecurity("sign-in.succeeded", { personId, address, detail: PROOF_TITLES[proof] });
}

function over(): Rejection {
  return new Rejection("sign-in-over", "This took too long; begin again with your password");
}

function nullWhereNone(error: unknown): null {
  if (error instanceof Rejection && error.code === "passkeys-not-here") return null;
  throw error;
}
