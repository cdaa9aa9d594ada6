import type { Page } from "@playwright/test";
import { settleItem } from "#lib/services/checklist-items.ts";
import { changeDetails } from "#lib/services/deployments.ts";
import { reopenPhase } from "#lib/services/phases.ts";
import { load } from "#test/support/factories.ts";
import { complete, everybody, openRecord, signAll, toT0 } from "./support/records.ts";
import { expect, test } from "./support/test.ts";

const box = (page: Page, item: string) => page.locator(`#item-${item}`).getByRole("checkbox");
const soon = { timeout: 1_000 };

/** The stream of a record's page stands when the page knows who is here. */
async function open(page: Page, path: string): Promise<void> {
  const heard = page.waitForResponse("**/api/live/presence");
  await page.goto(path);
  await heard;
}

test("a change by others appears within a second on every page that shows it", async ({ signInAs }) => {
  const { id } = await openRecord();
  const { "engineer@demo.test": engineer } = await everybody();
  const lead = await signInAs("lead@demo.test");
  const [checklist, signOff, history, board, allHistory] = await Promise.all(
    Array.from({ length: 5 }, async () => lead.context().newPage()),
  );
  if (!checklist || !signOff || !history || !board || !allHistory) throw new Error("no pages");
  await open(checklist, `/deployments/${id}`);
  await open(signOff, `/deployments/${id}/sign-off`);
  await open(history, `/deployments/${id}/history`);
  await board.goto("/deployments");
  await allHistory.goto("/history");
  await expect(board.getByRole("link", { name: /service-/ }).first()).toBeVisible();
  await board.waitForTimeout(500);
  await settleItem(engineer, id, { item: "mtls-enabled", to: "done" });
  await Promise.all([
    expect(box(checklist, "mtls-enabled")).toBeChecked(soon),
    expect(signOff.getByText("44 of 44").or(signOff.getByText("ticked “")).first()).toBeVisible(soon),
    expect(history.getByText("ticked “").first()).toBeVisible(soon),
    expect(allHistory.getByText("ticked “").first()).toBeVisible(soon),
  ]);
  await expect(checklist.getByRole("status").filter({ hasText: "Emil Novak ticked “" })).toHaveCount(1);
});

test("who is here, and where, is seen by those who may see the record, and gone soon after", async ({
  signInAs,
}) => {
  const { id } = await openRecord();
  const lead = await signInAs("lead@demo.test");
  const engineer = await signInAs("engineer@demo.test");
  const others = lead.getByRole("list", { name: "Also here" });
  await open(lead, `/deployments/${id}`);
  await expect(others).toHaveCount(0);
  await open(engineer, `/deployments/${id}`);
  await expect(lead.getByRole("img", { name: "Emil Novak, on the checklist" })).toBeVisible();
  await expect(engineer.getByRole("list", { name: "Also here" })).toBeVisible();
  await box(engineer, "mtls-enabled").focus();
  await expect(
    lead.locator("#item-mtls-enabled").getByRole("img", { name: "Emil Novak is here" }),
  ).toBeVisible();
  await engineer.goto("/deployments");
  await expect(others).toHaveCount(0);
  await engineer.goto(`/deployments/${id}/sign-off`);
  await expect(lead.getByRole("img", { name: "Emil Novak, on the sign-off" })).toBeVisible();
  await engineer.close();
  await expect(others).toHaveCount(0, { timeout: 11_000 });
});

test("eight tabs of one person share one stream, and the next one takes it over", async ({ signInAs }) => {
  const { id } = await openRecord();
  const { "engineer@demo.test": engineer } = await everybody();
  const first = await signInAs("lead@demo.test");
  let streams = 0;
  first.context().on("request", (request) => {
    if (new URL(request.url()).pathname === "/api/live" && request.method() === "GET") streams += 1;
  });
  const tabs = await Promise.all(Array.from({ length: 8 }, async () => first.context().newPage()));
  for (const tab of tabs) await open(tab, `/deployments/${id}`);
  expect(streams).toBeLessThanOrEqual(1);
  await settleItem(engineer, id, { item: "mtls-enabled", to: "done" });
  for (const tab of tabs) await expect(box(tab, "mtls-enabled")).toBeChecked(soon);
  await first.close();
  await tabs[0]?.close();
  await tabs[1]?.waitForTimeout(1_000);
  await settleItem(engineer, id, { item: "mtls-enabled", to: "open" });
  for (const tab of tabs.slice(1)) await expect(box(tab, "mtls-enabled")).not.toBeChecked();
});

test("two people at one item: the later one sees who was first, beside the box", async ({ signInAs }) => {
  const { id } = await openRecord();
  const [first, second] = [await signInAs("engineer@demo.test"), await signInAs("engineer2@demo.test")];
  await open(first, `/deployments/${id}`);
  await open(second, `/deployments/${id}`);
  // The second one's call waits on its way, so that both have clicked on an open item.
  await second.route(`**/deployments/${id}`, async (route) => {
    if (route.request().method() === "POST") await new Promise((resolve) => setTimeout(resolve, 800));
    await route.continue();
  });
  await box(second, "mtls-enabled").click();
  await box(first, "mtls-enabled").click();
  await expect(
    second.locator("#item-mtls-enabled").getByText(/^Emil Novak ticked this \d+ s ago$/),
  ).toBeVisible();
  await expect(first.locator("#item-mtls-enabled").getByText("ticked this")).toHaveCount(0);
  await expect(box(second, "mtls-enabled")).toBeChecked();
});

test("offline: a calm sign, ticks are kept over a reload, sent when back, or refused with the reason", async ({
  signInAs,
}) => {
  const { id } = await openRecord();
  const { "engineer2@demo.test": other } = await everybody();
  const first = await signInAs("engineer@demo.test");
  const context = first.context();
  const page = await context.newPage();
  // What it still asks for would fail once the context is offline.
  await first.goto("about:blank");
  await open(page, `/deployments/${id}`);
  await context.setOffline(true);
  await expect(page.getByText(/^Offline since \d\d:\d\d UTC\.$/)).toBeVisible();
  for (const item of ["mtls-enabled", "rate-limiting", "cdn"]) {
    await box(page, item).click();
    await expect(box(page, item)).toBeChecked();
  }
  await expect(page.getByText("Kept on this device").first()).toBeVisible();
  await page.close();
  await settleItem(other, id, { item: "rate-limiting", to: "not-applicable", reason: "No public address" });
  await settleItem(other, id, { item: "cdn", to: "done" });
  await context.setOffline(false);
  const back = await context.newPage();
  await open(back, `/deployments/${id}`);
  await expect(back.locator("#item-mtls-enabled").getByText(/^Emil Novak/)).toBeVisible();
  await expect(back.locator("#item-cdn").getByText(/^Edda Lund ticked this/)).toBeVisible();
  const refusal = "Edda Lund marked this not applicable while you were away; yours was not sent.";
  await expect(back.locator("#item-rate-limiting").getByText(refusal)).toBeVisible();
  await expect(back.getByText(/^Offline/)).toHaveCount(0);
});

test("a click that waited begins no phase, and says nothing of another version or after a shift", async ({
  signInAs,
}) => {
  const ready = await openRecord();
  await complete(ready, "pre-deployment", "final-checks");
  await signAll(ready);
  const other = await openRecord();
  const { "lead@demo.test": lead } = await everybody();
  const page = await signInAs("engineer@demo.test");
  const away = await page.context().newPage();
  // What it still asks for would fail once the context is offline.
  await page.goto("about:blank");
  const clickOffline = async (id: string, ...items: readonly string[]) => {
    await open(away, `/deployments/${id}`);
    await away.context().setOffline(true);
    for (const item of items) await box(away, item).click();
    await expect(away.getByText("Kept on this device").first()).toBeVisible();
  };
  const comeBack = async (id: string) => {
    await away.goto("about:blank");
    await away.context().setOffline(false);
    await open(away, `/deployments/${id}`);
  };

  await clickOffline(ready.id, "run-migrations");
  await comeBack(ready.id);
  const refusal = away.locator("#item-run-migrations").getByText("This would begin “Deployment” now");
  await expect(refusal).toBeVisible();
  expect((await load(ready.id)).t0At).toBeNull();

  await clickOffline(other.id, "mtls-enabled", "cdn");
  await away.evaluate((id) => {
    const key = Object.keys(localStorage).find((name) => name.endsWith(id)) ?? "";
    const kept = JSON.parse(localStorage.getItem(key) ?? "{}");
    kept.cdn.clickedAt -= 13 * 60 * 60_000;
    localStorage.setItem(key, JSON.stringify(kept));
  }, other.id);
  await comeBack(other.id);
  await expect(away.locator("#item-mtls-enabled").getByText(/^Emil Novak/)).toBeVisible();
  await expect(away.locator("#item-cdn").getByText("You clicked this long ago")).toBeVisible();

  await clickOffline(other.id, "rate-limiting");
  await changeDetails(lead, { deploymentId: other.id, version: "2.0.0", commit: "abcdef1" });
  await comeBack(other.id);
  await expect(away.locator("#item-rate-limiting").getByText("What is deployed has changed")).toBeVisible();
  expect((await load(other.id)).items["rate-limiting"]?.status ?? "open").toBe("open");
});

test("why a click that waited was not sent is seen, though its phase has closed meanwhile", async ({
  signInAs,
}) => {
  const { id } = await toT0();
  const { "lead@demo.test": lead } = await everybody();
  const page = await signInAs("engineer@demo.test");
  await open(page, `/deployments/${id}`);
  await page.waitForLoadState("networkidle");
  await page.context().setOffline(true);
  await box(page, "run-migrations").click();
  await expect(page.getByText("Kept on this device")).toBeVisible();
  await reopenPhase(lead, { deploymentId: id, phase: "final-checks", reason: "The backup failed." });
  await page.context().setOffline(false);
  const refusal = page.locator("#item-run-migrations").getByText("What is deployed has changed");
  await expect(refusal).toBeVisible();
  await page.locator("#deployment summary").click();
  await expect(refusal).toBeHidden();
});

test("what is typed survives a reload, and is gone when it has arrived", async ({ signInAs }) => {
  const { id } = await openRecord();
  const page = await signInAs("engineer@demo.test");
  await page.goto(`/deployments/${id}#item-mtls-enabled`);
  await page.getByLabel("Link or note").fill("Checked with the platform team, see the ticket");
  await page.locator("summary", { hasText: "Not applicable" }).click();
  await page.getByLabel("Why it is not applicable").fill("Half a reason");
  await page.reload();
  await expect(page.getByLabel("Link or note")).toHaveValue("Checked with the platform team, see the ticket");
  await expect(page.getByLabel("Why it is not applicable")).toHaveValue("Half a reason");
  await page.getByRole("button", { name: "Save evidence" }).click();
  await expect(page.getByText("Checked with the platform team, see the ticket").first()).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Link or note")).toHaveValue("");
});

test("the inbox fills by itself when it is one's turn", async ({ signInAs }) => {
  const run = await openRecord();
  await complete(run, "pre-deployment");
  const page = await signInAs("eng-lead@demo.test");
  await page.goto("/inbox");
  await page.waitForTimeout(500);
  const mine = page.locator(`a[href="/deployments/${run.id}/sign-off"]`);
  await expect(mine).toHaveCount(0);
  await complete(run, "final-checks");
  await expect(mine.first()).toBeVisible(soon);
});
