import { test as base, type Browser, type Page } from "@playwright/test";
import { z } from "zod";
import type { DemoEmail } from "#lib/domain/demo-people.ts";
import { joinTestApp } from "#test/support/app.ts";

const appSchema = z.object({
  url: z.string(),
  database: z.object({ owner: z.string(), app: z.string() }),
  secret: z.string(),
  signingKey: z.string(),
  clockFile: z.string(),
});

export const app = appSchema.parse(JSON.parse(process.env.COUNTERSIGN_TEST_APP ?? "{}"));
joinTestApp(app);

export const PASSWORD = "countersign-demo";

type Look = { readonly colorScheme?: "light" | "dark"; readonly phone?: boolean };

/** Opens a browser of its own, signed in as one of the demo team. */
type SignInAs = (email: DemoEmail, look?: Look) => Promise<Page>;

/** Whatever a page complains about fails the test that opened it. */
export const test = base.extend<{ signInAs: SignInAs; openPage: (look?: Look) => Promise<Page> }>({
  openPage: async ({ browser }, use) => {
    const complaints: string[] = [];
    const pages: Page[] = [];
    await use(async (look = {}) => {
      const page = await newPage(browser, look);
      await reportViolations(page, (violation) => complaints.push(violation));
      page.on("pageerror", (error) => complaints.push(String(error)));
      page.on("console", (message) => {
        if (message.type() === "error" && !isExpected(message.text())) complaints.push(message.text());
      });
      pages.push(page);
      return page;
    });
    for (const page of pages) await page.context().close();
    base.expect(complaints, "a page complained").toEqual([]);
  },
  signInAs: async ({ openPage }, use) => {
    await use(async (email, look) => {
      const page = await openPage(look);
      await page.goto("/sign-in");
      await page.getByLabel("E-mail").fill(email);
      await page.getByLabel("Password").fill(PASSWORD);
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await page.waitForURL((address) => !address.pathname.startsWith("/sign-in"));
      return page;
    });
  },
});

export { expect } from "@playwright/test";

/** Whatever a page does against its Content Security Policy, in a sentence. */
async function reportViolations(page: Page, report: (violation: string) => void): Promise<void> {
  await page.exposeFunction("reportViolation", report);
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const say: unknown = Reflect.get(globalThis, "reportViolation");
      if (typeof say === "function")
        say(
          `${event.effectiveDirective} refused ${event.blockedURI} on ${location.pathname}: ${event.sample}`,
        );
    });
  });
}

async function newPage(browser: Browser, { colorScheme = "light", phone = false }: Look): Promise<Page> {
  const context = await browser.newContext({
    baseURL: app.url,
    colorScheme,
    viewport: phone ? { width: 375, height: 780 } : { width: 1440, height: 900 },
    hasTouch: phone,
    reducedMotion: "reduce",
  });
  return context.newPage();
}

// Chromium itself reports what a test provokes: a refusal, a page that is not there, a cut connection.
function isExpected(text: string): boolean {
  return /status of (401|404|409|429)|net::ERR_(FAILED|INTERNET_DISCONNECTED)/.test(text);
}
