import type { SessionRef } from "#lib/domain/actor.ts";
import { passkeySites } from "#lib/domain/passkey-sites.ts";
import { PROOF_TITLES, PROOFS } from "#lib/domain/proof.ts";
import { IDLE_HOURS } from "#lib/domain/session-limits.ts";
import { HOUR, laterBy } from "#lib/domain/time.ts";
import { now } from "#lib/clock.ts";
import { prisma } from "#lib/db/prisma.ts";
import { env } from "#lib/env.ts";
import { proofChoices, type ProofChoices } from "./proof-choices.ts";

export type PasskeyView = {
  readonly id: string;
  readonly name: string;
  readonly site: string;
  readonly synced: boolean;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
};

export type SessionView = {
  readonly id: string;
  readonly isThis: boolean;
  readonly address: string | null;
  readonly agent: string | null;
  readonly proof: string;
  readonly createdAt: string;
  readonly lastSeenAt: string;
};

export type AccountView = {
  readonly email: string;
  readonly choices: ProofChoices;
  /** The origins of this installation under which passkeys work. */
  readonly passkeyOrigins: readonly string[];
  readonly passkeys: readonly PasskeyView[];
  readonly totp: { readonly since: string; readonly lastUsedAt: string | null } | null;
  readonly calendar: { readonly since: string; readonly lastUsedAt: string | null } | null;
  readonly sessions: readonly SessionView[];
};

/** How the actor comes in, and where they are signed in. Their own alone; never a secret. */
export async function viewAccount(actor: { id: string; session: SessionRef }): Promise<AccountView> {
  const { id: userId, session } = actor;
  const at = now();
  const [user, sessions, choices] = await Promise.all([
    prisma().user.findUniqueOrThrow({
      where: { id: userId },
      include: {
        passkeys: { omit: { publicKey: true }, orderBy: { createdAt: "asc" } },
        totpFactor: true,
        calendarAddress: true,
      },
    }),
    prisma().session.findMany({
      where: {
        userId,
        revokedAt: null,
        expiresAt: { gt: at },
        lastSeenAt: { gt: laterBy(at, -IDLE_HOURS * HOUR) },
      },
      omit: { tokenHash: true },
      orderBy: { lastSeenAt: "desc" },
      take: 100,
    }),
    proofChoices({ kind: "person", id: userId, name: "", grants: [] }),
  ]);
  const { confirmedAt = null, lastUsedAt = null } = user.totpFactor ?? {};
  return {
    email: user.email,
    choices,
    passkeyOrigins: passkeySites(env().COUNTERSIGN_ORIGIN).map(({ origin }) => origin),
    passkeys: user.passkeys.map((passkey) => ({
      id: passkey.id,
      name: passkey.name,
      site: passkey.rpId,
      synced: passkey.synced,
      createdAt: passkey.createdAt.toISOString(),
      lastUsedAt: passkey.lastUsedAt?.toISOString() ?? null,
    })),
    totp:
      confirmedAt === null
        ? null
        : { since: confirmedAt.toISOString(), lastUsedAt: lastUsedAt?.toISOString() ?? null },
    calendar:
      user.calendarAddress === null
        ? null
        : {
            since: user.calendarAddress.createdAt.toISOString(),
            lastUsedAt: user.calendarAddress.lastUsedAt?.toISOString() ?? null,
          },
    sessions: sessions.map((row) => ({
      id: row.id,
      isThis: row.id === session.id,
      address: row.address,
      agent: row.agent,
      proof: proofInWords(row.proof),
      createdAt: row.createdAt.toISOString(),
      lastSeenAt: row.lastSeenAt.toISOString(),
    })),
  };
}

function proofInWords(text: string): string {
  const proof = PROOFS.find((known) => known === text);
  return proof === undefined ? text : PROOF_TITLES[proof];
}
