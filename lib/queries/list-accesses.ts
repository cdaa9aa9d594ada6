import type { Access } from "#lib/db/access-log.ts";
import type { Actor } from "#lib/domain/actor.ts";
import { teamsWhere } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { pool } from "#lib/db/pool.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";

export type AccessView = {
  readonly id: string;
  readonly at: string;
  readonly who: string;
  readonly act: Access["act"];
  readonly subject: string;
  readonly deployment: { readonly id: string; readonly title: string } | null;
};

export type AccessPage = { readonly accesses: readonly AccessView[]; readonly nextCursor: string | null };

/**
 * Who looked at what, newest first: everything for whoever sees all teams, else what is about
 * records of the caller's teams. For auditors and admins.
 */
export async function listAccesses(
  actor: Actor,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<AccessPage> {
  const teams = teamsWhere(actor, "access-log.view");
  if (teams !== null && teams.length === 0)
    throw new Rejection("forbidden", "Auditors and admins read the access log");
  const after = decodeCursor(cursor, "record");
  const { rows } = await pool().query<Row>(LIST, [teams, after?.at ?? null, after?.id ?? null, limit + 1]);
  const accesses = rows.slice(0, limit).map(viewAccess);
  const last = accesses.at(-1);
  return { accesses, nextCursor: rows.length > limit && last ? encodeCursor(last) : null };
}

type Row = Omit<AccessView, "deployment" | "at"> & {
  readonly at: Date;
  readonly deployment: string | null;
  readonly title: string | null;
};

function viewAccess({ at, deployment, title, ...rest }: Row): AccessView {
  return {
    ...rest,
    at: at.toISOString(),
    deployment: deployment === null ? null : { id: deployment, title: title ?? "a record" },
  };
}

const LIST = `
SELECT a.id, a.at, a.actor_name AS who, a.act, a.subject, a.deployment_id AS deployment,
       d.service_name || ' ' || d.version AS title
  FROM access_log a LEFT JOIN deployments d ON d.id = a.deployment_id
 WHERE ($1::uuid[] IS NULL OR a.team_id = ANY ($1::uuid[]))
   AND ($2::timestamptz IS NULL OR (a.at, a.id) < ($2::timestamptz, $3::uuid))
 ORDER BY a.at DESC, a.id DESC
 LIMIT $4`;
