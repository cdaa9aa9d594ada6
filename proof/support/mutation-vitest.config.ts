import { defineConfig } from "vitest/config";
import { KeptThread, POOL } from "./mutation-pool.ts";

const kept = new KeptThread();

// The unit tests by tables, for mutants of the domain. Not the random commands: they take longer than
// all others together, and would run again for every mutant that lives.
export default defineConfig({
  plugins: [
    {
      name: POOL,
      configureVitest({ project, vitest }) {
        project.config.pool = POOL;
        project.config.poolRunner = kept.pool;
        vitest.onClose(() => kept.stop());
      },
    },
  ],
  test: {
    include: ["test/unit/*.test.ts", "test/unit/domain/**/*.test.ts"],
    exclude: ["test/unit/random-commands.test.ts"],
    setupFiles: ["proof/support/mutation-setup.ts", "test/support/loud-console.ts"],
    isolate: false,
    // A slow machine is no test that notices; what would never end is counted out by its steps.
    testTimeout: 60_000,
  },
});
