import { defineConfig } from "vitest/config";

process.env.TZ = "Pacific/Chatham";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/unit/**/*.test.ts"],
          setupFiles: ["test/support/loud-console.ts"],
        },
      },
      {
        test: {
          name: "database",
          include: ["test/database/**/*.test.ts"],
          setupFiles: ["test/support/loud-console.ts", "test/support/database.ts"],
          globalSetup: ["test/support/database-server.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          pool: "forks",
          maxWorkers: 2,
        },
      },
    ],
  },
});
