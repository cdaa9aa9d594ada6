import type { LaunchOptions } from "@playwright/test";
import { systemBrowser } from "#scripts/runtime/ensure-browser.ts";

/** How to launch the machine's own Chromium where there is one, else Playwright's. */
export function launchOptions(): LaunchOptions {
  const executablePath = systemBrowser();
  return {
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  };
}
