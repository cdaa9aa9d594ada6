import type { Actor } from "#lib/domain/actor.ts";
import { mayEverywhere } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { SECURITY_KINDS, type SecurityKind } from "#lib/domain/security-log.ts";
import { prisma } from "#lib/db/prisma.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";

export type SecurityFilter = {
  readonly kind?: string | undefined;
  readonly personId?: string | undefined;
  readonly address?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
};

export type SecurityEntryView = {
  readonly id: string;
  readonly at: string;
  readonly kind: string;
  readonly title: string;
  /** Null when nobody is known by what was given. */
  readonly person: { readonly id: string; readonly name: string } | null;
  readonly address: string | null;
  readonly detail: string | null;
};

export type SecurityPage = {
  readonly entries: readonly SecurityEntryView[];
  readonly nextCursor: string | null;
};

/** The security log, newest first, for admins and auditors of all teams. */
export async function listSecurityLog(actor: Actor, filter: SecurityFilter): Promise<SecurityPage> {
  if (!mayEverywhere(actor, "security-log.read"))
    throw new Rejection("forbidden", "Admins and auditors of all teams read the security log");
  return search(filter);
}

/** The last entries about the actor themselves. */
export async function listOwnSecurityLog(actor: Actor): Promise<readonly SecurityEntryView[]> {
  return (await search({ personId: actor.id, limit: 10 })).entries;
}

async function search(filter: SecurityFilter): Promise<SecurityPage> {
  const after = decodeCursor(filter.cursor, "entry");
  const rows = await prisma().securityLogEntry.findMany({
    where: {
      kind: filter.kind,
      userId: filter.personId,
      address: filter.address,
      at: { gte: filter.from, lt: filter.to },
      ...(after === null
        ? {}
        : { OR: [{ at: { lt: after.at } }, { at: after.at, id: { lt: BigInt(after.id) } }] }),
    },
    include: { user: { select: { id: true, name: true } } },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: filter.limit + 1,
  });
  const shown = rows.slice(0, filter.limit);
  const last = shown.at(-1);
  return {
    entries: shown.map(({ id, at, kind, user, address, detail }) => ({
      id: String(id),
      at: at.toISOString(),
      kind,
      title: isKind(kind) ? SECURITY_KINDS[kind] : kind,
      person: user,
      address,
      detail,
    })),
    nextCursor:
      rows.length > filter.limit && last !== undefined
        ? encodeCursor({ at: last.at.toISOString(), id: String(last.id) })
        : null,
  };
}

function isKind(kind: string): kind is SecurityKind {
  return kind in SECURITY_KINDS;
}
