import type { Actor } from "#lib/domain/actor.ts";
import { prisma } from "#lib/db/prisma.ts";

export type SavedView = { readonly id: string; readonly name: string; readonly query: string };

/** The views of the history that the actor keeps, by name. */
export async function listSavedViews(actor: Actor): Promise<readonly SavedView[]> {
  return prisma().savedView.findMany({
    where: { userId: actor.id },
    select: { id: true, name: true, query: true },
    orderBy: { name: "asc" },
  });
}
