import type { Actor } from "#lib/domain/actor.ts";
import { maySomewhere, teamsWhere } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { pool } from "#lib/db/pool.ts";

export type HeldRepository = {
  readonly serviceId: string;
  readonly service: string;
  readonly team: string;
  readonly repository: string;
  readonly environment: string;
};

/** The repositories on GitHub that services name, and so hold for their team; for admins of these teams. */
export async function listRepositories(actor: Actor): Promise<readonly HeldRepository[]> {
  if (!maySomewhere(actor, "service.free-repository")) {
    throw new Rejection("forbidden", "Admins look after repositories");
  }
  const { rows } = await pool().query<HeldRepository>({
    name: "list-repositories",
    text: `SELECT s.id AS "serviceId", s.name AS service, t.name AS team,
                  s.checks #>> '{github,repository}' AS repository,
                  s.checks #>> '{github,environment}' AS environment
             FROM services s JOIN teams t ON t.id = s.team_id
            WHERE s.checks ? 'github' AND ($1::uuid[] IS NULL OR s.team_id = ANY ($1::uuid[]))
            ORDER BY lower(s.checks #>> '{github,repository}'), 5, s.name, s.id`,
    values: [teamsWhere(actor, "service.free-repository")],
  });
  return rows;
}
