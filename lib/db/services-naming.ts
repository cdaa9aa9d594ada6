import type { ServiceCheckSettings } from "#lib/domain/inputs/service-checks.ts";
import type { Transaction } from "./change-installation.ts";

export type NamingService = { readonly id: string; readonly teamId: string };

/** The services, of whichever team, that name a repository and environment; GitHub minds the case of neither. */
export async function servicesNaming(
  tx: Transaction,
  { repository, environment }: ServiceCheckSettings["github"],
): Promise<readonly NamingService[]> {
  return tx.$queryRaw<NamingService[]>`
    SELECT id, team_id AS "teamId" FROM services
     WHERE lower(checks #>> '{github,repository}') = lower(${repository})
       AND lower(checks #>> '{github,environment}') = lower(${environment})`;
}

/** A question of GitHub's that waits, and the one team whose services name its repository and environment. */
export type AskedTeam = { readonly id: string; readonly teamId: string };

/** What waits for the word of one team, oldest first; nobody can tell whose word counts where several name the same. */
export async function teamsAsked(tx: Transaction): Promise<readonly AskedTeam[]> {
  return tx.$queryRaw<AskedTeam[]>`
    SELECT r.id, min(s.team_id::text) AS "teamId"
      FROM protection_requests r
      JOIN services s ON lower(s.checks #>> '{github,repository}') = lower(r.repository)
                     AND lower(s.checks #>> '{github,environment}') = lower(r.environment)
     WHERE r.answered_at IS NULL
     GROUP BY r.id
    HAVING count(DISTINCT s.team_id) = 1
     ORDER BY r.received_at, r.id`;
}
