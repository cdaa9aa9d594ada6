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
