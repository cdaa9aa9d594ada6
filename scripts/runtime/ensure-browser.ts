import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";
import { binary, ROOT } from "./paths.ts";
import { PlainFailure } from "./plain-failure.ts";

// The headless shell first: it draws no window's frame that nobody sees, and takes half the time.
const SYSTEM_BROWSERS = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

/** The machine's own Chromium, if it has one. */
export function systemBrowser(): string | undefined {
  return SYSTEM_BROWSERS.find((path) => existsSync(path));
}

/** Makes sure that a browser is there: the machine's, Playwright's, or Debian's package. */
export function ensureBrowser(): void {
  if (systemBrowser() !== undefined || existsSync(chromium.executablePath())) return;
  process.stdout.write("Installing a browser for the tests (once)…\n");
  if (
    spawnSync(binary("playwright"), ["install", "--with-deps", "chromium"], { cwd: ROOT, stdio: "ignore" })
      .status === 0
  )
    return;
  if (process.getuid?.() === 0) {
    spawnSync("apt-get", ["update"], { stdio: "ignore" });
    for (const name of ["chromium-headless-shell", "chromium"])
      if (systemBrowser() === undefined)
        spawnSync("apt-get", ["install", "-y", "--no-install-recommends", name], { stdio: "ignore" });
  }
  if (systemBrowser() === undefined) {
    throw new PlainFailure(
      "The tests need a browser: install Chromium, or run `npx playwright install chromium`.",
    );
  }
}
