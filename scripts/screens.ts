import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "@playwright/test";
import type { Trouble } from "#e2e/support/troubles.ts";
import { closePool } from "#lib/db/pool.ts";
import type { DemoEmail } from "#lib/domain/demo-people.ts";
import { startTestApp } from "#test/support/app.ts";
import { emailOf, makeTeam, PASSWORD } from "#test/support/factories.ts";
import { launchOptions } from "#test/support/browser.ts";
import { ensureBrowser } from "./runtime/ensure-browser.ts";
import { ROOT } from "./runtime/paths.ts";

// Pictures of every page in every state that axe looks at, of the demo's records, and of what is wrong,
// in light and dark, wide and on a phone: of all, or of those that are named, as `board sign-off`.
const NAMED = process.argv.slice(2);
const FOLDER = join(ROOT, "docs", "screens");

/** A record of the demo, found by its service. */
type DemoShot = {
  readonly name: string;
  readonly as: DemoEmail;
  readonly service: string;
  readonly tab: string;
};

const DEMO: readonly DemoShot[] = [
  { name: "deployment", as: "engineer@demo.test", service: "notify-worker", tab: "" },
  {
    name: "item-with-evidence",
    as: "engineer@demo.test",
    service: "notify-worker",
    tab: "#item-secrets-rotated",
  },
  { name: "sign-off", as: "sre@demo.test", service: "payments-api", tab: "/sign-off" },
  { name: "rollback", as: "engineer@demo.test", service: "checkout-web", tab: "" },
  { name: "war-room-rolling-back", as: "lead@demo.test", service: "checkout-web", tab: "/war-room" },
  { name: "completed", as: "engineer@demo.test", service: "ledger-api", tab: "" },
  { name: "slo-measured", as: "engineer@demo.test", service: "ledger-api", tab: "/slo" },
  { name: "record-history", as: "auditor@demo.test", service: "ledger-api", tab: "/history" },
];

/** Where a team that has just come sees nothing yet. */
const BEGINNINGS = ["/deployments", "/inbox", "/mine", "/services", "/insights"] as const;

const LOOKS = [
  { name: "light-wide", colorScheme: "light", viewport: { width: 1440, height: 900 } },
  { name: "dark-wide", colorScheme: "dark", viewport: { width: 1440, height: 900 } },
  { name: "light-phone", colorScheme: "light", viewport: { width: 390, height: 780 } },
  { name: "dark-phone", colorScheme: "dark", viewport: { width: 390, height: 780 } },
] as const;

ensureBrowser();
mkdirSync(FOLDER, { recursive: true });
const { stop, ...app } = await startTestApp();
const browser = await chromium.launch(launchOptions());
try {
  const demo = await demoStates(browser);
  const all = [...demo, ...(await otherStates())];
  const states = all.filter(({ name }) => NAMED.length === 0 || NAMED.includes(fileNameOf(name)));
  for (const look of LOOKS) {
    const pages = new Map<string | null, Page>();
    for (const state of states) {
      const page = pages.get(state.as) ?? (await openPage(browser, look, state.as));
      pages.set(state.as, page);
      await page.goto("about:blank");
      await page.goto(state.path);
      await state.act?.(page);
      await page.waitForTimeout(500);
      await page.screenshot({ path: join(FOLDER, `${fileNameOf(state.name)}-${look.name}.png`) });
      await state.leave?.(page);
    }
    for (const page of pages.values()) await page.context().close();
  }
} finally {
  await browser.close();
  await closePool();
  await stop();
}

async function demoStates(from: Browser): Promise<readonly Trouble[]> {
  const page = await openPage(from, LOOKS[0], "lead@demo.test");
  const states: Trouble[] = [];
  for (const { name, as, service, tab } of DEMO) {
    await page.goto(`/deployments?q=${service}`);
    const href = await page.locator("tbody a").first().getAttribute("href");
    states.push({ name, as, path: `${href ?? ""}${tab}` });
  }
  await page.context().close();
  return states;
}

/** The records that the states are of, opened in the app that runs. */
async function otherStates(): Promise<readonly Trouble[]> {
  process.env.COUNTERSIGN_TEST_APP = JSON.stringify(app);
  const { cancelled, complete, openRecord, rolledBack, toT0 } = await import("#e2e/support/records.ts");
  const { statesOf } = await import("#e2e/support/states.ts");
  const { troublesOf } = await import("#e2e/support/troubles.ts");
  const signing = await openRecord({ service: "search-api", version: "v5.3.1" });
  await complete(signing, "pre-deployment", "final-checks");
  const deploying = await toT0({ service: "orders-api", version: "v1.22.0" });
  const [over, back] = [
    await cancelled({ service: "mail-gateway", version: "v0.9.4" }),
    await rolledBack({ service: "session-store", version: "v4.0.0" }),
  ];
  const ended: Trouble[] = [
    { name: "cancelled", as: "lead@demo.test", path: `/deployments/${over.id}` },
    { name: "rolled-back", as: "lead@demo.test", path: `/deployments/${back.id}` },
  ];
  const taken = new Set(DEMO.map(({ name }) => name));
  const states = statesOf(signing.id, deploying.id).filter(({ name }) => !taken.has(fileNameOf(name)));
  return [...states, ...ended, ...(await beginnings()), ...troublesOf(deploying.id)];
}

async function beginnings(): Promise<readonly Trouble[]> {
  const as = await emailOf((await makeTeam()).lead);
  return BEGINNINGS.map((path) => ({ name: `nothing yet ${path.slice(1)}`, as, path }));
}

async function openPage(from: Browser, look: (typeof LOOKS)[number], email: string | null): Promise<Page> {
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
  await page.getByLabel("Password").fill(passwordOf(email));
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL((address) => !address.pathname.startsWith("/sign-in"));
  return page;
}

function passwordOf(email: string): string {
  return email.endsWith("@demo.test") ? "countersign-demo" : PASSWORD;
}

function fileNameOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
}
