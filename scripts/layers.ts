import type { IConfiguration, IForbiddenRuleType } from "dependency-cruiser";

// The table of layers in ARCHITECTURE.md, one rule a row; `npm run verify` runs it without exceptions.
export const LAYERS: IConfiguration = {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      comment: "A layer's files form no circles",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    forbid(
      "domain-is-pure",
      "^lib/domain",
      "^lib/(?!domain)|^app|^components|^scripts|node_modules/(next|react|@prisma|pg)(/|$)",
      "The domain knows nothing but itself",
    ),
    {
      name: "domain-without-node",
      severity: "error",
      comment: "No clock, no files, no randomness",
      from: { path: "^lib/domain" },
      to: { dependencyTypes: ["core"] },
    },
    forbid(
      "db-below-services",
      "^lib/db",
      "^lib/(services|queries|actions|auth|api)|^app|^components|node_modules/(next|react)(/|$)",
      "The write door knows no verbs",
    ),
    forbid(
      "services-below-transport",
      "^lib/services",
      "^lib/(queries|actions|auth|api)|^app|^components|node_modules/(next|react)(/|$)",
      "A verb does not know who calls it",
    ),
    forbid(
      "queries-do-not-write",
      "^lib/queries",
      "^lib/(services|actions|api|exports)|^app|^components|node_modules/(next|react)(/|$)",
      "Reads call no writes",
    ),
    forbid(
      "actions-are-transport",
      "^lib/actions",
      "^lib/(db|queries)|^app|^components|node_modules/(@prisma|pg)(/|$)",
      "An action holds no query of its own",
    ),
    forbid(
      "evidence-collects-and-judges",
      "^lib/evidence",
      "^lib/(?!domain|evidence|limited-thread|fair-turns)|^app|^components|^scripts|node_modules/(next|react|@prisma|pg|pg-boss)(/|$)",
      "A checker knows no record and no database",
    ),
    forbid(
      "exports-write-what-they-are-given",
      "^lib/exports",
      "^lib/(?!domain|exports|queries|limited-thread|fair-turns)|^app|^components|^scripts|node_modules/(next|@prisma|pg)(/|$)",
      "A file that leaves the app holds what a query answered",
    ),
    forbid(
      "jobs-are-transport",
      "^lib/jobs",
      "^lib/(queries|actions|api|auth)|^app|^components|node_modules/(next|react|@prisma|pg)(/|$)",
      "A job calls the verbs that everybody calls",
    ),
    forbid(
      "proof-knows-the-domain",
      "^lib/proof",
      "^lib/(?!domain|proof)|^app|^components|^scripts|node_modules/(next|react|@prisma|pg|pg-boss)(/|$)",
      "Proofs are checked without a server: no database, no clock, no files",
    ),
    {
      name: "proof-only-computes",
      severity: "error",
      comment: "Of Node, proofs take hashes and signatures alone",
      from: { path: "^lib/proof" },
      to: { dependencyTypes: ["core"], pathNot: "^(node:)?(crypto|zlib)$" },
    },
    forbid(
      "cli-speaks-http",
      "^cli",
      "^lib/(?!domain|proof)|^(app|components|scripts)|node_modules",
      "The program is one file: it talks to the server, and checks proofs by itself",
    ),
    forbid(
      "auth-below-pages",
      "^lib/auth",
      "^lib/(queries|actions|api)|^app|^components",
      "Who it is comes before what they see",
    ),
    forbid(
      "api-is-transport",
      "^lib/api",
      "^lib/(db|actions)|^app|^components|node_modules/(@prisma|pg)(/|$)",
      "A route holds no query of its own",
    ),
    forbid(
      "components-do-not-reach-below",
      "^components",
      "^lib/(db|services|auth)|^scripts|^test",
      "What people see writes through actions",
    ),
    forbid(
      "app-does-not-reach-below",
      "^app",
      "^lib/(db|services)|^scripts|^test",
      "Pages write through actions",
    ),
    forbid(
      "lib-is-not-a-script",
      "^(lib|app|components)",
      "^(scripts|test|e2e)",
      "The app does not depend on its tools",
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^lib/db/generated|^\\.next" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default"] },
  },
};

function forbid(name: string, from: string, to: string, comment: string): IForbiddenRuleType {
  return { name, severity: "error", comment, from: { path: from }, to: { path: to } };
}
