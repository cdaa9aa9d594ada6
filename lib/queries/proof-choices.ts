import type { Actor } from "#lib/domain/actor.ts";
import { prisma } from "#lib/db/prisma.ts";

/** With what somebody can prove who they are, and what is asked of them. */
export type ProofChoices = {
  /** The names of the sites for which they have a passkey. */
  readonly passkeySites: readonly string[];
  readonly totp: boolean;
  readonly recoveryCodes: number;
  /** A password alone is not enough. */
  readonly secondFactorRequired: boolean;
};

/** The actor's ways to prove themselves; with a deployment, as its team asks for a signature. */
export async function proofChoices(actor: Actor, deploymentId: string | null = null): Promise<ProofChoices> {
  const where = { userId: actor.id };
  const [passkeys, totp, recoveryCodes, team] = await Promise.all([
    prisma().passkey.findMany({ where, select: { rpId: true }, distinct: ["rpId"] }),
    prisma().totpFactor.count({ where: { ...where, confirmedAt: { not: null } } }),
    prisma().recoveryCode.count({ where: { ...where, usedAt: null } }),
    deploymentId === null
      ? null
      : prisma().team.findFirst({
          where: { deployments: { some: { id: deploymentId } }, secondFactorRequired: true },
          select: { id: true },
        }),
  ]);
  return {
    passkeySites: passkeys.map(({ rpId }) => rpId),
    totp: totp > 0,
    recoveryCodes,
    secondFactorRequired: passkeys.length > 0 || totp > 0 || team !== null,
  };
}
