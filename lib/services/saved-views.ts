import { randomUUID } from "node:crypto";
import type { Actor } from "#lib/domain/actor.ts";
import type { RenameViewInput, SaveViewInput, ViewInput } from "#lib/domain/inputs/saved-views.ts";
import { maySomewhere } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { now } from "#lib/clock.ts";
import { isUniqueViolation } from "#lib/db/errors.ts";
import { pool } from "#lib/db/pool.ts";
import { prisma } from "#lib/db/prisma.ts";

const KEPT = 30;

/** Keeps filters of a page under a name, for the actor alone; at most 30 a page. Answers with its id. */
export async function saveView(actor: Actor, { page, name, query }: SaveViewInput): Promise<string> {
  if (page === "history") refuseUnlessSearcher(actor);
  if ((await prisma().savedView.count({ where: { userId: actor.id, page } })) >= KEPT)
    throw new Rejection("conflict", `You keep ${KEPT} views already; delete one first`);
  const id = randomUUID();
  await orNameTaken(
    pool().query(
      "INSERT INTO saved_views (id, user_id, page, name, query, created_at) VALUES ($1::uuid, $2::uuid, $3, $4, $5, $6)",
      [id, actor.id, page, name, query, now()],
    ),
  );
  return id;
}

/** Gives a view of the actor's own another name. */
export async function renameView(actor: Actor, { viewId, name }: RenameViewInput): Promise<void> {
  const { rowCount } = await orNameTaken(
    pool().query("UPDATE saved_views SET name = $3 WHERE id = $1::uuid AND user_id = $2::uuid", [
      viewId,
      actor.id,
      name,
    ]),
  );
  if (rowCount === 0) throw new Rejection("not-found", "You keep no such view");
}

/** Forgets a view of the actor's own. */
export async function deleteView(actor: Actor, { viewId }: ViewInput): Promise<void> {
  const { count } = await prisma().savedView.deleteMany({ where: { id: viewId, userId: actor.id } });
  if (count === 0) throw new Rejection("not-found", "You keep no such view");
}

function refuseUnlessSearcher(actor: Actor): void {
  if (!maySomewhere(actor, "history.search"))
    throw new Rejection("forbidden", "Your roles do not search the history");
}

async function orNameTaken<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (!isUniqueViolation(error, "saved_views_name_once")) throw error;
    const message = "You keep a view of this name already";
    throw new Rejection("invalid-input", message, { fields: { name: message } });
  }
}
