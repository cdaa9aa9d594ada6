import { defineConfig } from "@playwright/test";
import { launchOptions } from "#test/support/browser.ts";

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.test.ts",
  globalSetup: "./e2e/support/global-setup.ts",
  workers: 2,
  fullyParallel: true,
  // The clock that all tests share is moved by several at once; what fails alone as well has failed.
  retries: 1,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME === undefined ? "list" : [["list"], ["json"]],
  use: { launchOptions: launchOptions(), timezoneId: "Pacific/Chatham", locale: "en-GB" },
});
