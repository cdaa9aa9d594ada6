import { listComments } from "#lib/queries/list-comments.ts";
import { pressUntil } from "./support/press-until.ts";
import { everybody, openRecord } from "./support/records.ts";
import { app, expect, test } from "./support/test.ts";

test("an item is taken and let go by keyboard, a tick taken back, and several given at once", async ({
  signInAs,
}) => {
  const { id } = await openRecord();
  const engineer = await signInAs("engineer@demo.test");
  await engineer.goto(`/deployments/${id}`);
  const row = engineer.locator("#item-mtls-enabled");
  // Keys are heard once the page's code has come.
  await pressUntil(engineer, ["j"], engineer.locator("li:has(:focus)").getByRole("checkbox"));
  await row.getByRole("checkbox").focus();
  await engineer.keyboard.press("a");
  await expect(row.getByRole("img", { name: "yours" })).toBeVisible();
  await expect(engineer.getByRole("link", { name: "Yours: mTLS enabled between services" })).toBeVisible();
  await row.getByRole("button", { name: "Undo" }).click();
  await expect(row.getByRole("img", { name: "yours" })).toHaveCount(0);

  await row.getByRole("checkbox").click();
  await expect(row.getByRole("button", { name: "Undo" })).toBeVisible();
  await engineer.keyboard.press("z");
  await expect(row.getByRole("checkbox")).not.toBeChecked();

  const lead = await signInAs("lead@demo.test");
  await lead.goto(`/deployments/${id}`);
  const boxes = lead.locator("#pre-deployment [data-item] .item-title");
  await boxes.nth(0).click({ modifiers: ["ControlOrMeta"] });
  await boxes.nth(2).click({ modifiers: ["Shift"] });
  await lead
    .getByRole("region", { name: "Chosen items" })
    .getByRole("combobox")
    .selectOption({ label: "Emil Novak" });
  await expect(lead.getByText("3 items assigned.")).toBeVisible();
  await engineer.goto(`/deployments/${id}?items=mine`);
  await expect(engineer.locator("[data-item]")).toHaveCount(3);
});

test("a comment names somebody, says it differently, and is taken back visibly", async ({ signInAs }) => {
  const { id } = await openRecord();
  const sre = await signInAs("sre@demo.test");
  await sre.goto(`/deployments/${id}/sign-off`);
  const field = sre.getByRole("textbox", { name: "Comment" });
  await field.pressSequentially("Ready, @Em");
  await expect(sre.getByRole("option", { name: "Emil Novak" })).toBeVisible();
  await field.press("Enter");
  await field.pressSequentially("?");
  await sre.getByRole("button", { name: "Send" }).click();
  const said = sre.getByRole("list", { name: "Comments" }).getByRole("listitem");
  await expect(said).toContainText("Ready, @Emil Novak ?");
  const { "engineer@demo.test": engineer } = await everybody();
  const { comments } = await listComments(engineer, id, { limit: 1 });
  expect(comments[0]?.mentions.map(({ name }) => name)).toEqual(["Emil Novak"]);

  const otherTab = await sre.context().newPage();
  await otherTab.goto(`/deployments/${id}/sign-off`);
  const saidThere = otherTab.getByRole("list", { name: "Comments" }).getByRole("listitem");
  await expect(saidThere).toContainText("Ready, @Emil Novak ?");
  await said.getByRole("button", { name: "Edit" }).click();
  await said.getByRole("textbox").fill("Ready now");
  await said.getByRole("button", { name: "Save" }).click();
  await expect(said).toContainText("edited");
  await expect(saidThere).toContainText("Ready now");
  await said.getByRole("button", { name: "Delete…" }).click();
  await said.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(said).toContainText("Deleted by Sami Haddad");
});

test("filters of the board are kept under a name, found again, and given another", async ({ signInAs }) => {
  const engineer = await signInAs("engineer2@demo.test");
  await engineer.goto("/deployments");
  await expect(engineer.getByRole("navigation", { name: "Saved views" })).toHaveCount(0);
  await engineer.getByRole("combobox", { name: "Status" }).selectOption("open");
  await engineer.getByRole("button", { name: "Save this view" }).click();
  await engineer.getByRole("textbox", { name: "Name" }).fill("Under way");
  await engineer.getByRole("button", { name: "Save", exact: true }).click();
  const views = engineer.getByRole("navigation", { name: "Saved views" });
  await expect(views.getByRole("link", { name: "Under way" })).toHaveAttribute("aria-current", "page");
  await views.getByRole("link", { name: "All" }).click();
  await expect(engineer.getByRole("combobox", { name: "Status" })).toHaveValue("");
  await views.getByRole("link", { name: "Under way" }).click();
  await expect(engineer.getByRole("combobox", { name: "Status" })).toHaveValue("open");

  await views.getByRole("button", { name: "Actions for the view Under way" }).click();
  await engineer.getByRole("menuitem", { name: "Rename…" }).click();
  await engineer.getByRole("textbox", { name: "Name" }).fill("Not over");
  await engineer.getByRole("button", { name: "Rename", exact: true }).click();
  await expect(views.getByRole("link", { name: "Not over" })).toBeVisible();
  await views.getByRole("button", { name: "Actions for the view Not over" }).click();
  await engineer.getByRole("menuitem", { name: "Delete the view" }).click();
  await expect(views.getByRole("link", { name: "Not over" })).toHaveCount(0);
});

test("on a phone a record's history begins below one row of buttons, which count the filters in use", async ({
  signInAs,
}) => {
  const { id } = await openRecord();
  const engineer = await signInAs("engineer@demo.test", { phone: true });
  await engineer.goto(`/deployments/${id}/history`);
  const what = engineer.getByRole("combobox", { name: "What" });
  await expect(what).toBeHidden();
  await engineer.getByRole("button", { name: "Filters" }).click();
  await what.selectOption("phase.");
  await engineer.getByRole("button", { name: "Show" }).click();
  await expect(engineer.getByRole("button", { name: "Filters 1 in use" })).toBeFocused();
  await expect(what).toBeHidden();
  await engineer.getByRole("button", { name: "Export" }).click();
  await expect(engineer.getByRole("link", { name: "PDF" })).toBeVisible();
});

test("on a phone the tab that one is on stands whole in sight", async ({ signInAs }) => {
  const lead = await signInAs("lead@demo.test", { phone: true });
  await lead.goto("/tokens");
  const tab = lead.getByRole("link", { name: "API tokens" });
  await expect(tab).toHaveAttribute("aria-current", "page");
  const right = async () => {
    const box = await tab.boundingBox();
    return (box?.x ?? 0) + (box?.width ?? 0);
  };
  await expect.poll(right).toBeLessThan(375 - 16);
});

test("on a phone without script the filters stand open, and a button applies them", async ({
  browser,
  signInAs,
}) => {
  const admin = await signInAs("admin@demo.test", { phone: true });
  const context = await browser.newContext({
    baseURL: app.url,
    storageState: await admin.context().storageState(),
    viewport: { width: 375, height: 780 },
    javaScriptEnabled: false,
  });
  const page = await context.newPage();
  await page.goto("/security-log");
  await page.getByRole("combobox", { name: "Who" }).selectOption("Amir Khan");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/person=/);
  await expect(page.getByText("Amir Khan signed in").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Filters" })).toBeHidden();
  await page.goto("/deployments");
  await expect(page.getByText("These rows come by JavaScript")).toBeVisible();
  await expect(page.getByText("Counting…")).toBeHidden();
  await context.close();
});

test("the filters of a history apply as they are chosen, and a day once it can be read", async ({
  signInAs,
}) => {
  await openRecord();
  const auditor = await signInAs("auditor@demo.test");
  await auditor.goto("/history");
  await auditor.getByRole("combobox", { name: "What" }).selectOption("deployment.");
  await auditor.waitForURL(/type=deployment/);
  const from = auditor.getByRole("textbox", { name: "From" });
  await from.fill("tomorrow");
  await auditor.keyboard.press("Tab");
  await expect(auditor.getByText("Write it like 27 Nov 2026")).toBeVisible();
  await from.fill("1.2.2026");
  await auditor.keyboard.press("Tab");
  await auditor.waitForURL(/from=2026-02-01/);
  await expect(from).toHaveValue("1 Feb 2026");
  const to = auditor.getByRole("textbox", { name: "To", exact: true });
  await to.fill("2 Feb 2026");
  await to.press("Enter");
  await auditor.waitForURL(/to=2026-02-02/);
  await expect(auditor.getByText("No event fits these filters.")).toBeVisible();
  await expect(auditor.getByRole("link", { name: "Clear the filters" })).toHaveAttribute("href", "/history");
  await expect(to).toBeFocused();
  await auditor.goBack();
  await expect(auditor).not.toHaveURL(/to=2026/);
  await expect(auditor).toHaveURL(/from=2026-02-01/);
  await auditor.getByRole("link", { name: "Clear", exact: true }).click();
  await expect(from).toHaveValue("");
});

test("the board fits a tablet, and tells the last event where there is room", async ({ signInAs }) => {
  await openRecord();
  const lead = await signInAs("lead@demo.test");
  await lead.goto("/deployments");
  const board = lead.getByRole("region", { name: "Deployments" });
  const hidden = () => board.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  for (const [width, told] of [
    [820, false],
    [1024, true],
  ] as const) {
    await lead.setViewportSize({ width, height: 800 });
    await expect(board.getByRole("columnheader", { name: "Last event" })).toBeVisible({ visible: told });
    expect(await hidden()).toBe(0);
  }
});

test("a history of one event says so in the singular", async ({ signInAs }) => {
  const { id } = await openRecord();
  const lead = await signInAs("lead@demo.test");
  await lead.goto(`/deployments/${id}/history`);
  await expect(lead.getByText("Whole: 1 event, every hash checked just now")).toBeVisible();
});

test("whoever has the most places sees each whole in the head of a laptop and of a tablet", async ({
  signInAs,
}) => {
  const admin = await signInAs("admin@demo.test");
  await admin.goto("/people");
  const heights = () =>
    admin
      .locator("header nav > ul > li > :is(a, button), header [popovertarget=account-menu]")
      .evaluateAll((places) => places.map(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight));
  for (const width of [1024, 1280]) {
    await admin.setViewportSize({ width, height: 800 });
    expect(new Set(await heights())).toEqual(new Set([0]));
  }
});
