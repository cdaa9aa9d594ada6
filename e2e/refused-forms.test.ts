import { expect, test } from "./support/test.ts";

test("a refused form leads to the first thing that is wrong with it, also in a group", async ({
  signInAs,
}) => {
  const lead = await signInAs("lead@demo.test", { phone: true });
  await lead.goto("/deployments/new");
  const open = lead.getByRole("button", { name: "Open the deployment" });
  await lead.getByLabel("Service", { exact: true }).fill("service-of-forms");
  await open.click();
  const version = lead.getByLabel("Version");
  await expect(version).toBeFocused();
  await expect(lead.getByText("Version", { exact: true })).toBeInViewport();
  await expect(version).toBeInViewport();
  await expect(lead.getByText("Give the version")).toBeInViewport();

  await lead.goto("/tokens");
  await lead.getByRole("button", { name: "Make a token" }).first().click();
  const dialog = lead.getByRole("dialog");
  await dialog.getByLabel("Name").fill("a pipeline");
  await dialog.getByRole("checkbox", { name: "read" }).uncheck();
  await dialog.getByRole("button", { name: "Make the token" }).click();
  await expect(dialog.getByRole("checkbox", { name: "read" })).toBeFocused();
  await expect(dialog.getByRole("group", { name: "Scopes" })).toHaveAccessibleDescription(/scope/);
});
