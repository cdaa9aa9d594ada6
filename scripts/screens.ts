import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "@playwright/test";
import type { DemoEmail } from "#lib/domain/demo-people.ts";
import { startTestApp } from "#test/support/app.ts";
import { launchOptions } from "#test/support/browser.ts";
import { ensureBrowser } from "./runtime/ensure-browser.ts";
import { ROOT } from "./runtime/paths.ts";

// Pictures of the main pages, in light and dark, wide and on a phone, of an app with the demo team.
const FOLDER = join(ROOT, "docs", "screens");

type Shot = {
  readonly name: string;
  readonly as: DemoEmail | null;
  readonly service?: string;
  readonly path: string;
};

const SHOTS: readonly Shot[] = [
  { name: "sign-in", as: null, path: "/sign-in" },
  { name: "board", as: "lead@demo.test", path: "/deployments" },
  { name: "deployment", as: "engineer@demo.test", service: "notify-worker", path: "" },
  { name: "item", as: "engineer@demo.test", service: "notify-worker", path: "#item-test-coverage" },
  { name: "sign-off", as: "sre@demo.test", service: "payments-api", path: "/sign-off" },
  { name: "rollback", as: "engineer@demo.test", service: "checkout-web", path: "" },
  { name: "slo", as: "engineer@demo.test", service: "ledger-api", path: "/slo" },
  { name: "record-history", as: "auditor@demo.test", service: "ledger-api", path: "/history" },
  { name: "history", as: "auditor@demo.test", path: "/history" },
  { name: "insights", as: "lead@demo.test", path: "/insights" },
  { name: "inbox", as: "sre@demo.test", path: "/inbox" },
  { name: "new-deployment", as: "lead@demo.test", path: "/deployments/new" },
  { name: "services", as: "lead@demo.test", path: "/services" },
  { name: "tokens", as: "lead@demo.test", path: "/tokens" },
  { name: "api-reference", as: "lead@demo.test", path: "/api-reference" },
  { name: "jobs", as: "admin@demo.test", path: "/jobs" },
  { name: "people", as: "admin@demo.test", path: "/people" },
];

const LOOKS = [
  { name: "light-wide", colorScheme: "light", viewport: { width: 1440, height: 900 } },
  { name: "dark-wide", colorScheme: "dark", viewport: { width: 1440, height: 900 } },
  { name: "light-phone", colorScheme: "light", viewport: { width: 375, height: 780 } },
  { name: "dark-phone", colorScheme: "dark", viewport: { width: 375, height: 780 } },
] as const;

ensureBrowser();
mkdirSync(FOLDER, { recursive: true });
const app = await startTestApp();
const browser = await chromium.launch(launchOptions());
try {
  for (const look of LOOKS) {
    const pages = new Map<DemoEmail | null, Page>();
    for (const shot of SHOTS) {
      const page = pages.get(shot.as) ?? (await openPage(browser, look, shot.as));
      pages.set(shot.as, page);
      await page.goto("about:blank");
      await page.goto(await pathOf(page, shot));
      await page.waitForTimeout(500);
      await page.screenshot({ path: join(FOLDER, `${shot.name}-${look.name}.png`) });
    }
    for (const page of pages.values()) await page.context().close();
  }
} finally {
  await browser.close();
  await app.stop();
}

async function openPage(from: Browser, look: (typeof LOOKS)[number], email: DemoEmail | null): Promise<Page> {
  const { colorScheme, viewport } = look;
  const context = await from.newContext({
    baseURL: app.url,
    colorScheme,
    viewport,
    hasTouch: viewport.width < 500,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  if (email === null) return page;
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill("countersign-demo");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL((address) => !address.pathname.startsWith("/sign-in"));
  return page;
}

async function pathOf(page: Page, { service, path }: Shot): Promise<string> {
  if (service === undefined) return path;
  await page.goto(`/deployments?q=${service}`);
  return `${(await page.locator("tbody a").first().getAttribute("href")) ?? ""}${path}`;
}
