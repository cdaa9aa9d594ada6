import type { Actor } from "#lib/domain/actor.ts";
import type { Role } from "#lib/domain/roles.ts";

export const TEAM = "7ea00000-0000-4000-8000-000000000001";

/** A person in memory, with one role on the test's team. */
export function person(name: string, role: Role, teamId: string | null = TEAM): Actor & { kind: "person" } {
  return { kind: "person", id: `person-${name}`, name, grants: [{ role, teamId }] };
}

export const CAST = {
  lead: person("Lena", "team-lead"),
  engineer: person("Emil", "engineer"),
  engineeringLead: person("Gita", "engineering-lead"),
  sre: person("Sami", "devops-sre"),
  security: person("Sofia", "security"),
  product: person("Paul", "product"),
  auditor: person("Ada", "auditor"),
} as const;
