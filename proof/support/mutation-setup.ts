import { inject, vi } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    readonly mode: "dry-run" | "mutant";
    readonly activeMutant: string;
    readonly mutantActivation: "static" | "runtime";
  }
}

type Mutation = { activeMutant?: string | undefined; run?: string };

declare global {
  var __stryker__: Mutation;
}

// Runs before each file of tests, in a thread that keeps its modules from run to run. A mutant of what
// a module does once, as it is loaded, needs them loaded anew; and so does whoever comes after it.
const isStatic = inject("mode") === "mutant" && inject("mutantActivation") === "static";
const run = isStatic ? `static ${inject("activeMutant")}` : "runtime";
if (globalThis.__stryker__.run !== run) vi.resetModules();
globalThis.__stryker__.run = run;

// Any other is in effect from a file's first test on, and not while the next file is loaded.
if (!isStatic) globalThis.__stryker__.activeMutant = undefined;
