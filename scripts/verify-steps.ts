import { binary } from "./runtime/paths.ts";

export type Step = {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  /** Where the step's test runner leaves its result as JSON, and in whose form. */
  readonly report?: "vitest" | "playwright" | "promises";
  readonly needsBrowser?: true;
};

const node = (name: string, script: string, ...args: string[]): Step => ({
  name,
  file: binary("node"),
  args: [script, ...args],
});
const tool = (name: string, program: string, ...args: string[]): Step => ({
  name,
  file: binary(program),
  args,
});
const vitest = (project: string): Step => ({
  ...tool(project, "vitest", "run", "--project", project),
  report: "vitest",
});

/** What `npm test` and CI run, cheapest first; those of a row side by side, for each leaves a core to another. */
export const STEPS: readonly (readonly Step[])[] = [
  [tool("types", "tsc", "-p", "tsconfig.check.json"), tool("lint", "oxlint", "--type-aware")],
  [
    tool("format", "oxfmt", "--check"),
    node("layers", "scripts/check-layers.ts"),
    tool("dead code", "knip"),
    node("docs", "scripts/check-docs.ts"),
  ],
  [vitest("unit")],
  [vitest("database")],
  [vitest("http"), vitest("runtime"), vitest("outside")],
  [{ ...node("promises", "scripts/proof.ts", "all"), report: "promises" }],
  [{ ...tool("browser", "playwright", "test"), report: "playwright", needsBrowser: true }],
];
