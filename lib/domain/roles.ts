export const ROLES = [
  "admin",
  "team-lead",
  "engineer",
  "engineering-lead",
  "devops-sre",
  "security",
  "product",
  "auditor",
] as const;

export type Role = (typeof ROLES)[number];

/** The roles whose holders sign, in the order in which the seed document lists them. */
export const APPROVER_ROLES = ["engineering-lead", "devops-sre", "security", "product"] as const;

export type ApproverRole = (typeof APPROVER_ROLES)[number];

/** Whoever holds one of them may be named as deployer: not an auditor, who changes nothing. */
export const DEPLOYER_ROLES: readonly Role[] = ROLES.filter((role) => role !== "auditor");

export const ROLE_TITLES: Readonly<Record<Role, string>> = {
  admin: "Admin",
  "team-lead": "Team lead",
  engineer: "Engineer",
  "engineering-lead": "Engineering Lead",
  "devops-sre": "DevOps/SRE",
  security: "Security",
  product: "Product",
  auditor: "Auditor",
};
