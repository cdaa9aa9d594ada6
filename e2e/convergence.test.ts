import type { Page } from "@playwright/test";
import { listDeploymentEvents } from "#lib/queries/list-events.ts";
import type { DemoEmail } from "#lib/domain/demo-people.ts";
import { boxesInDatabase, boxesOf, click, plainItems } from "#test/support/crowd.ts";
import { startServers, type Servers } from "#test/support/several-servers.ts";
import { everybody, openRecord } from "./support/records.ts";
import { app, expect, PASSWORD, test } from "./support/test.ts";

const PEOPLE: readonly DemoEmail[] = [
  "lead@demo.test",
  "engineer@demo.test",
  "engineer2@demo.test",
  "engineer@demo.test",
  "lead@demo.test",
];
const ACTIONS = 200;

let servers: Servers;
test.beforeAll(async () => {
  servers = await startServers(2, {
    appDatabaseUrl: app.database.app,
    secret: app.secret,
    signingKey: app.signingKey,
  });
});
test.afterAll(async () => {
  await servers.stop();
});

test("five people, two servers behind nginx, 200 clicks, the network cut in the middle: all screens equal the database", async ({
  openPage,
}) => {
  test.setTimeout(240_000);
  const { id } = await openRecord();
  const items = await plainItems(id, 12);
  const pages: Page[] = [];
  for (const email of PEOPLE) pages.push(await join(await openPage(), email, id));
  const [cut] = pages;
  for (let action = 0; action < ACTIONS; action += 1) {
    if (action === 80) await cut?.context().setOffline(true);
    if (action === 140) await cut?.context().setOffline(false);
    const page = pages[(action * 7 + Math.floor(action / 11)) % pages.length];
    const item = items[(action * 5 + Math.floor(action / 3)) % items.length];
    if (page === undefined || item === undefined) throw new Error("nobody or nothing to click");
    await click(page, item);
  }
  const shown = await Promise.all(pages.map(boxesOf));
  const [first] = shown;
  const inDatabase = await boxesInDatabase(id, first ?? {});
  await expect
    .poll(async () => Promise.all(pages.map(boxesOf)), { timeout: 5_000 })
    .toEqual(pages.map(() => inDatabase));
  const { "lead@demo.test": lead } = await everybody();
  const { events } = await listDeploymentEvents(lead, id, { limit: 100, type: "item." });
  expect(events.length).toBeGreaterThan(50);
});

async function join(page: Page, email: DemoEmail, id: string): Promise<Page> {
  await page.goto(`${servers.url}/sign-in?from=/deployments/${id}`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  const here = page.waitForResponse("**/api/live/presence");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await here;
  return page;
}
