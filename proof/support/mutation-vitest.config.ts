import { defineConfig } from "vitest/config";

// The unit tests by tables, for mutants of the domain. Not the random commands: they take longer than
// all others together, and would run again for every mutant that lives.
export default defineConfig({
  test: {
    include: ["test/unit/*.test.ts", "test/unit/domain/**/*.test.ts"],
    exclude: ["test/unit/random-commands.test.ts"],
    setupFiles: ["test/support/loud-console.ts"],
  },
});
