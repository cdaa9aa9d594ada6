import type { Role } from "./roles.ts";

/** The one cast of people, by role: for the demo, the tests and the screenshots. */
export const DEMO_PEOPLE = [
  { email: "lead@demo.test", name: "Lena Ortiz", role: "team-lead", title: "Team lead" },
  { email: "engineer@demo.test", name: "Emil Novak", role: "engineer", title: "Engineer" },
  { email: "engineer2@demo.test", name: "Edda Lund", role: "engineer", title: "Engineer" },
  { email: "eng-lead@demo.test", name: "Gita Rao", role: "engineering-lead", title: "Engineering Lead" },
  { email: "sre@demo.test", name: "Sami Haddad", role: "devops-sre", title: "DevOps/SRE" },
  { email: "security@demo.test", name: "Sofia Conti", role: "security", title: "Security" },
  { email: "product@demo.test", name: "Paul Weber", role: "product", title: "Product" },
  { email: "auditor@demo.test", name: "Ada Quist", role: "auditor", title: "Auditor" },
  { email: "admin@demo.test", name: "Amir Khan", role: "admin", title: "Admin" },
] as const satisfies readonly { email: string; name: string; role: Role; title: string }[];

export type DemoEmail = (typeof DEMO_PEOPLE)[number]["email"];

export const DEMO_TEAM = "Payments";
