import { ROLE_TITLES } from "#lib/domain/roles.ts";
import type { HeldRole } from "#lib/queries/list-people.ts";

/** `Engineer in Payments`. */
export function heldInWords({ role, teamName }: HeldRole): string {
  return `${ROLE_TITLES[role]} in ${teamName ?? "all teams"}`;
}
