import { expect, test } from "./support/test.ts";

const CODE = "**/_next/static/chunks/**";

test("code that does not come is said, and comes once it can", async ({ signInAs }) => {
  const lead = await signInAs("lead@demo.test");
  await lead.goto("/tokens");
  const make = lead.getByRole("button", { name: "Make a token" }).first();
  await lead.waitForLoadState("networkidle");
  await lead.route(CODE, (route) => route.abort());
  await make.click();
  const said = lead.getByRole("status").filter({ hasText: "This could not be loaded" });
  await expect(said).toBeVisible();
  await lead.unroute(CODE);
  await said.getByRole("button", { name: "Try again" }).click();
  await expect(said).toHaveCount(0);
  await expect(lead.getByRole("dialog", { name: "Make an API token" })).toBeVisible();
});
