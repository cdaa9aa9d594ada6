import type { Actor } from "#lib/domain/actor.ts";
import type { Person, Stamp } from "#lib/domain/deployment.ts";
import { may, seesAsAuditor } from "#lib/domain/policy.ts";
import { noteAccess } from "#lib/db/access-log.ts";
import { pool } from "#lib/db/pool.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { recordScope } from "./list-events.ts";

export type CommentView = {
  readonly id: string;
  readonly item: string | null;
  /** Null once it is deleted. */
  readonly text: string | null;
  readonly mentions: readonly Person[];
  readonly added: Stamp;
  readonly editedAt: string | null;
  readonly deleted: Stamp | null;
  readonly mayEdit: boolean;
  readonly mayDelete: boolean;
};

export type CommentPage = { readonly comments: readonly CommentView[]; readonly nextCursor: string | null };

type CommentFilter = {
  /** The key of an item; without it what was said on the record as a whole. */
  readonly item?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
};

/** What was said at one place of a record, newest first. Rejects with `not-found` when the caller may not see it. */
export async function listComments(
  actor: Actor,
  deploymentId: string,
  { item, cursor, limit }: CommentFilter,
): Promise<CommentPage> {
  const { teamId } = await recordScope(actor, deploymentId);
  if (seesAsAuditor(actor, teamId))
    await noteAccess(actor, { act: "opened", subject: "comments", record: { id: deploymentId, teamId } });
  const after = decodeCursor(cursor, "record");
  const values = [deploymentId, item ?? null, after?.at ?? null, after?.id ?? null, limit + 1];
  const { rows } = await pool().query<CommentRow>({ name: "list-comments", text: COMMENTS, values });
  const shown = rows.slice(0, limit).map((row) => viewComment(actor, teamId, row));
  const last = shown.at(-1);
  return {
    comments: shown,
    nextCursor: rows.length > limit && last ? encodeCursor({ at: last.added.at, id: last.id }) : null,
  };
}

type CommentRow = {
  id: string;
  item: string | null;
  text: string | null;
  mentions: readonly Person[] | null;
  addedAt: Date;
  addedById: string;
  addedByName: string;
  editedAt: Date | null;
  deletedAt: Date | null;
  deletedById: string | null;
  deletedByName: string | null;
  ended: boolean;
};

function viewComment(actor: Actor, teamId: string, row: CommentRow): CommentView {
  const { id, item, text, mentions, addedAt, addedById, editedAt, deletedAt, deletedById } = row;
  const own = addedById === actor.id;
  const stands = deletedAt === null && may(actor, "comment.write", teamId);
  return {
    id,
    item,
    text,
    mentions: mentions ?? [],
    added: { at: addedAt.toISOString(), by: { id: addedById, name: row.addedByName } },
    editedAt: editedAt?.toISOString() ?? null,
    deleted:
      deletedAt === null || deletedById === null
        ? null
        : { at: deletedAt.toISOString(), by: { id: deletedById, name: row.deletedByName ?? "" } },
    mayEdit: stands && own && !row.ended,
    mayDelete: stands && (own || may(actor, "comment.delete-any", teamId)),
  };
}

const COMMENTS = `
SELECT c.id, c.item_key AS item, c.text,
       (SELECT json_agg(json_build_object('id', u.id, 'name', u.name) ORDER BY u.name) FROM users u WHERE u.id = ANY (c.mentions)) AS mentions,
       c.added_at AS "addedAt", c.added_by_id AS "addedById", c.added_by_name AS "addedByName",
       c.edited_at AS "editedAt", c.deleted_at AS "deletedAt", c.deleted_by_id AS "deletedById", c.deleted_by_name AS "deletedByName",
       d.ended_at IS NOT NULL AS ended
  FROM comments c JOIN deployments d ON d.id = c.deployment_id
 WHERE c.deployment_id = $1::uuid AND c.item_key IS NOT DISTINCT FROM $2::text
   AND ($3::timestamptz IS NULL OR (c.added_at, c.id) < ($3::timestamptz, $4::uuid))
 ORDER BY c.added_at DESC, c.id DESC LIMIT $5::int`;
