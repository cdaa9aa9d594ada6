import { defineConfig } from "@playwright/test";
import { launchOptions } from "#test/support/browser.ts";

const MOVE_THE_CLOCK = [
  "**/going-stale.test.ts",
  "**/rollback.test.ts",
  "**/since-last-look.test.ts",
  "**/whole-life.test.ts",
];

export default defineConfig({
  testDir: "e2e",
  projects: [
    { name: "side by side", testMatch: "**/*.test.ts", testIgnore: MOVE_THE_CLOCK },
    { name: "alone", testMatch: MOVE_THE_CLOCK, dependencies: ["side by side"], workers: 1 },
  ],
  globalSetup: "./e2e/support/global-setup.ts",
  workers: 2,
  fullyParallel: true,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME === undefined ? "list" : [["list"], ["json"]],
  use: { launchOptions: launchOptions(), timezoneId: "Pacific/Chatham", locale: "en-GB" },
});
