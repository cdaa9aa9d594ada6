import type { Actor } from "#lib/domain/actor.ts";
import { mayEverywhere } from "#lib/domain/policy.ts";
import { TOKEN_SCOPES, type TokenScope } from "#lib/domain/token-scopes.ts";
import { now } from "#lib/clock.ts";
import { prisma } from "#lib/db/prisma.ts";

export type TokenView = {
  readonly id: string;
  readonly name: string;
  readonly person: string;
  readonly scopes: readonly TokenScope[];
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly lastUsedAt: string | null;
  readonly state: "active" | "expired" | "revoked";
};

/** The caller's own tokens, newest first; everybody's for an admin of all teams. Never a secret. */
export async function listTokens(actor: Actor): Promise<readonly TokenView[]> {
  const tokens = await prisma().apiToken.findMany({
    where: mayEverywhere(actor, "people.manage") ? {} : { userId: actor.id },
    include: { user: { select: { name: true } } },
    omit: { tokenHash: true },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: 200,
  });
  const at = now();
  return tokens.map(({ id, name, user, scopes, createdAt, expiresAt, lastUsedAt, revokedAt }) => ({
    id,
    name,
    person: user.name,
    scopes: TOKEN_SCOPES.filter((scope) => scopes.includes(scope)),
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    state: stateOf({ revokedAt, expiresAt }, at),
  }));
}

function stateOf(
  { revokedAt, expiresAt }: { readonly revokedAt: Date | null; readonly expiresAt: Date },
  at: string,
): TokenView["state"] {
  if (revokedAt !== null) return "revoked";
  return expiresAt.toISOString() <= at ? "expired" : "active";
}
