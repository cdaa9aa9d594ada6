import { POLICY } from "#lib/domain/policy.ts";
import { ROLE_TITLES, ROLES, type Role } from "#lib/domain/roles.ts";

/** Role × action, from the policy table itself. */
export function permissionMatrix(): string {
  const head = `| action | ${ROLES.map((role) => ROLE_TITLES[role]).join(" | ")} |`;
  const line = `| --- | ${ROLES.map(() => ":-:").join(" | ")} |`;
  const rows = Object.entries(POLICY).map(([action, allowed]) => {
    const roles: readonly Role[] = allowed;
    return `| \`${action}\` | ${ROLES.map((role) => (roles.includes(role) ? "●" : "")).join(" | ")} |`;
  });
  return [
    "# Who may do what",
    "",
    "A role is held for one team or for all; it counts on the records of those teams. `approval.sign` is for the role whose turn it is, and only for a person in a session who has just proven who they are.",
    "",
    head,
    line,
    ...rows,
    "",
  ].join("\n");
}
