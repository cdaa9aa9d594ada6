import type { Actor } from "#lib/domain/actor.ts";
import type { ViewPage } from "#lib/domain/inputs/saved-views.ts";
import { prisma } from "#lib/db/prisma.ts";

export type SavedView = { readonly id: string; readonly name: string; readonly query: string };

/** The views of a page that the actor keeps, by name. */
export async function listSavedViews(actor: Actor, page: ViewPage): Promise<readonly SavedView[]> {
  return prisma().savedView.findMany({
    where: { userId: actor.id, page },
    select: { id: true, name: true, query: true },
    orderBy: { name: "asc" },
  });
}
