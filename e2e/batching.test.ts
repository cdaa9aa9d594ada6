import { itemsOf } from "#lib/domain/checklist.ts";
import { PRODUCTION_TEMPLATE } from "#lib/domain/templates/production.ts";
import { listDeploymentEvents } from "#lib/queries/list-events.ts";
import { everybody, openRecord } from "./support/records.ts";
import { expect, test } from "./support/test.ts";

test("ticks made while a call is under way go out together: few calls, one event each", async ({
  signInAs,
}) => {
  const run = await openRecord();
  const page = await signInAs("engineer@demo.test");
  await page.goto(`/deployments/${run.id}`);
  let calls = 0;
  await page.route(`**/deployments/${run.id}`, async (route) => {
    if (route.request().method() === "POST") {
      calls += 1;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    await route.continue();
  });
  const [first] = PRODUCTION_TEMPLATE.phases;
  const plain =
    first === undefined ? [] : itemsOf(first).filter(({ item }) => item.requirement === undefined);
  const keys = plain.slice(0, 10).map(({ item }) => item.key);
  for (const key of keys) await page.locator(`#item-${key}`).getByRole("checkbox").click();
  for (const key of keys) {
    await expect(page.locator(`#item-${key}`).getByRole("checkbox"), "shown at once").toBeChecked();
  }
  await expect(page.getByText("saving…")).toHaveCount(0);
  expect(calls, "ten clicks, three calls at most").toBeLessThanOrEqual(3);
  const { "engineer@demo.test": engineer } = await everybody();
  const { events } = await listDeploymentEvents(engineer, run.id, { limit: 50 });
  expect(events.filter(({ type }) => type === "item.checked")).toHaveLength(10);
});

test("a page older than the server loads anew instead of failing", async ({ signInAs }) => {
  const run = await openRecord();
  const page = await signInAs("engineer@demo.test");
  await page.goto(`/deployments/${run.id}`);
  await page.route(`**/deployments/${run.id}`, async (route) => {
    const request = route.request();
    if (request.method() !== "POST") return route.continue();
    // As after an upgrade: the action's id of this page is one that the server no longer knows.
    const headers = { ...request.headers(), "next-action": `40${"0".repeat(40)}` };
    await route.continue({ headers });
  });
  const loaded = page.waitForEvent("load");
  await page.locator("#item-mtls-enabled").getByRole("checkbox").click();
  await loaded;
  await expect(page.locator("#item-mtls-enabled").getByRole("checkbox")).not.toBeChecked();
});
