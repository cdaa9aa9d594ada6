import { settleItem } from "#lib/services/checklist-items.ts";
import { everybody, toT0 } from "./support/records.ts";
import { expect, test } from "./support/test.ts";

test("the war room is two keys away, shows what others do as it happens, and rolls back", async ({
  signInAs,
}) => {
  const { id } = await toT0();
  const page = await signInAs("lead@demo.test");
  // A page that tells others of its reader hears keys, too.
  const here = page.waitForResponse("**/api/live/presence");
  await page.goto(`/deployments/${id}`);
  await here;
  await expect(page.getByRole("link", { name: "War room" })).toBeVisible();
  await page.getByRole("button", { name: "More actions" }).click();
  await expect(page.getByRole("menuitem", { name: "Cancel the deployment…" })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: "War room" })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await page.keyboard.press("g");
  await page.keyboard.press("w");
  await page.waitForURL(/war-room$/);
  await expect(page.getByText("since T-0")).toBeVisible();
  await expect(page.getByText("Service health"), "nothing where no Prometheus is named").toHaveCount(0);
  const events = page.getByRole("region", { name: "What happened last" });
  await expect(events).toContainText("started Deployment: T-0");
  const left = page.getByRole("region", { name: "What blocks this" });
  await expect(left.getByRole("link", { name: "Run database migrations" })).toBeVisible();
  await settleItem((await everybody())["engineer@demo.test"], id, { item: "run-migrations", to: "done" });
  await expect(events).toContainText("Emil Novak ticked");
  await expect(left.getByRole("link", { name: "Run database migrations" })).toHaveCount(0);
  await page.getByRole("button", { name: "Roll back…" }).click();
  await page.getByRole("dialog").getByLabel("What went wrong?").fill("Errors rise.");
  await page.getByRole("button", { name: "Roll back now" }).click();
  await expect(page.getByText("RTO left")).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("d");
  await page.waitForURL(new RegExp(`/deployments/${id}$`));
});
