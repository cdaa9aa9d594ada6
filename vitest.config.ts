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
      {
        test: {
          name: "runtime",
          include: ["test/runtime/**/*.test.ts"],
          testTimeout: 90_000,
          pool: "forks",
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: "outside",
          include: ["test/outside/**/*.test.ts"],
          testTimeout: 60_000,
          pool: "forks",
        },
      },
      {
        test: {
          name: "http",
          include: ["test/http/**/*.test.ts", "test/cli/**/*.test.ts"],
          setupFiles: ["test/support/join-app.ts"],
          globalSetup: ["test/support/app-for-tests.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          pool: "forks",
          // One file after another: they compare what stands in the one database before and after.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
