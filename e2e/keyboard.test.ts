import { pressUntil } from "./support/press-until.ts";
import { openRecord, toT0 } from "./support/records.ts";
import { expect, test } from "./support/test.ts";

test("by keyboard alone from anywhere to a deployment, to a place, and to the map of keys", async ({
  signInAs,
}) => {
  const service = `palette-${Math.random().toString(36).slice(2, 8)}`;
  const { id } = await openRecord({ service });
  const page = await signInAs("engineer@demo.test");
  await page.goto("/services");
  const input = page.getByRole("combobox", { name: "Search deployments and places" });
  await pressUntil(page, ["Control+k"], input);
  await expect(input).toBeFocused();
  await input.fill(service);
  await expect(page.getByRole("option", { name: `${service} 1.0.0` })).toHaveAttribute("data-highlighted");
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/deployments/${id}`);
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await page.keyboard.press("Control+k");
  await page.keyboard.type("tokens");
  await expect(page.getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/tokens");

  await page.keyboard.press("Control+k");
  await page.keyboard.type("nothing like it");
  await expect(page.getByText("Nothing of that name.")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("j and k go from an open item to the next, and a measured value leads to its evidence", async ({
  signInAs,
}) => {
  const { id } = await toT0();
  const page = await signInAs("engineer@demo.test");
  await page.goto(`/deployments/${id}#item-run-migrations`);
  const sheet = (name: string) => page.getByRole("dialog", { name });
  await expect(sheet("Run database migrations")).toBeVisible();
  await page.keyboard.press("j");
  await expect(sheet("Deploy application (blue-green/canary)")).toBeVisible();
  await page.keyboard.press("k");
  await expect(sheet("Run database migrations")).toBeVisible();
  await page.getByRole("textbox", { name: "Comment" }).fill("j is a letter here");
  await expect(sheet("Run database migrations")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await page.goto(`/deployments/${id}/slo`);
  await page.getByRole("link", { name: "312 ms" }).click();
  await expect(sheet("Performance testing completed (k6 load tests)")).toBeVisible();
});

test("what is typed while the palette is on its way is sought, and acts on no item", async ({ signInAs }) => {
  const { id } = await openRecord();
  const engineer = await signInAs("engineer@demo.test");
  await engineer.goto(`/deployments/${id}`);
  await pressUntil(engineer, ["j"], engineer.locator("li:has(:focus)").getByRole("checkbox"));
  const kept = new Promise<void>((resolve) => setTimeout(resolve, 3000));
  await engineer.route("**/_next/static/**", async (route) => {
    await kept;
    await route.continue();
  });
  await engineer.keyboard.press("Control+k");
  await engineer.keyboard.type("axe");
  const field = engineer.getByRole("combobox", { name: "Search deployments and places" });
  await expect(field).toHaveValue("axe");
  await engineer.keyboard.press("Escape");
  await expect(engineer.getByRole("dialog")).toHaveCount(0);
  await expect(engineer.getByRole("checkbox", { checked: true })).toHaveCount(0);
});
