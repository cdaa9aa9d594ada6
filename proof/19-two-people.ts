import { chromium, type Browser, type Page } from "@playwright/test";
import type { Figures, Report } from "#scripts/proof/promise.ts";
import { startAppServer } from "#scripts/runtime/app-server.ts";
import { ensureBrowser } from "#scripts/runtime/ensure-browser.ts";
import { ensureBuild } from "#scripts/runtime/build.ts";
import { freePort } from "#scripts/runtime/free-port.ts";
import { launchOptions } from "#test/support/browser.ts";
import { boxesInDatabase, boxesOf, click, countNotes, plainItems, type Boxes } from "#test/support/crowd.ts";
import { makeTeam, openRecord } from "#test/support/factories.ts";
import { hold } from "./support/counter-example.ts";
import { withDatabase } from "./support/database.ts";
import { makeCrowd } from "./support/people.ts";
import { randomFrom } from "./support/random.ts";
import { SESSION_COOKIE, sessionOf } from "./support/sessions.ts";

export const title = "Two people, one box: every screen shows what the database holds";
export const sizes = { unit: "clicks", ci: 100, long: 500 };

const PEOPLE = 10;
const ITEMS = 8;

/** Ten browsers click on the same few items of one record; then all screens must equal the database. */
export async function run(size: number, report: Report, seed: number): Promise<Figures> {
  ensureBrowser();
  await ensureBuild(".next-test", report);
  const random = randomFrom(seed);
  return withDatabase(async (database) => {
    const team = await makeTeam();
    const id = await openRecord(team);
    const people = await makeCrowd(PEOPLE, "engineer", team.id);
    const server = await startAppServer({
      host: "127.0.0.1",
      port: await freePort(),
      distDir: ".next-test",
      appDatabaseUrl: database.urls.app,
      secret: database.secret,
      signingKey: database.signingKey,
      evaluation: false,
      output: "ignore",
    });
    const browser = await chromium.launch(launchOptions());
    try {
      const pages: Page[] = [];
      for (const person of people) pages.push(await join(browser, server.url, id, await sessionOf(person)));
      report(`${pages.length} people are on the record`);
      const notes = await Promise.all(pages.map(countNotes));
      const items = await plainItems(id, ITEMS);
      // Each person clicks on their own, so that they meet.
      const turns = pages.map((page, index) => ({
        page,
        clicks: Array.from({ length: Math.floor((size + index) / pages.length) }, () => random.pick(items)),
      }));
      await Promise.all(
        turns.map(async ({ page, clicks }) => {
          for (const item of clicks) await click(page, item);
        }),
      );
      const shown = await settled(pages);
      const inDatabase = await boxesInDatabase(id, shown[0] ?? {});
      for (const boxes of shown)
        hold(
          JSON.stringify(boxes) === JSON.stringify(inDatabase),
          `a screen shows ${JSON.stringify(boxes)}, the database holds ${JSON.stringify(inDatabase)}`,
        );
      const shownNotes = (await Promise.all(notes.map(async (count) => count()))).reduce(
        (sum, count) => sum + count,
        0,
      );
      hold(shownNotes > 0, "nobody was told that somebody else was first");
      return {
        people: pages.length,
        clicks: turns.reduce((sum, { clicks }) => sum + clicks.length, 0),
        "screens equal to the database": shown.length,
        "notes who was first": shownNotes,
      };
    } finally {
      await browser.close();
      await server.stop();
    }
  });
}

async function join(browser: Browser, url: string, id: string, session: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, reducedMotion: "reduce" });
  await context.addCookies([{ name: SESSION_COOKIE, value: session, url }]);
  const page = await context.newPage();
  const here = page.waitForResponse("**/api/live/presence");
  await page.goto(`/deployments/${id}`);
  await here;
  return page;
}

// Within a second of the last commit every screen has it; a slow machine may take a little longer.
async function settled(pages: readonly Page[]): Promise<readonly Boxes[]> {
  let shown = await Promise.all(pages.map(boxesOf));
  for (let look = 0; look < 20 && new Set(shown.map((boxes) => JSON.stringify(boxes))).size > 1; look += 1) {
    await pages[0]?.waitForTimeout(250);
    shown = await Promise.all(pages.map(boxesOf));
  }
  return shown;
}
