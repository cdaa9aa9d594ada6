import { expect, PASSWORD, test } from "./support/test.ts";

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
  await expect(lead.locator("label", { hasText: "Version" })).toBeInViewport();
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

test("a session that ends under a filled form costs nothing: it goes on, or finds all of it again", async ({
  signInAs,
}) => {
  const lead = await signInAs("lead@demo.test");
  await lead.goto("/deployments/new");
  await lead.getByLabel("Service", { exact: true }).fill("service-of-drafts");
  await lead.getByLabel("Version").fill("4.5.6");
  await lead.getByLabel("Deployed by").selectOption({ label: "Emil Novak" });
  await lead.getByLabel("Deployment date (T-0)").fill("2031-02-03T04:05");
  await lead.getByRole("checkbox", { name: "Kubernetes" }).check();
  await lead.getByRole("radio", { name: "At close-out" }).check();
  await lead.context().clearCookies();
  await lead.getByLabel("Git commit").fill("3f9c2ab");
  await lead.getByRole("button", { name: "Open the deployment" }).click();
  const ended = lead.getByRole("status").getByText("Your session has ended");
  await expect(ended).toBeVisible();
  await expect(lead.getByRole("link", { name: "Sign in again" }).first()).toHaveAttribute("target", "_blank");

  const again = await lead.context().newPage();
  await again.goto("/sign-in?from=/deployments/new");
  await again.getByLabel("E-mail").fill("lead@demo.test");
  await again.getByLabel("Password").fill(PASSWORD);
  await again.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(ended).toBeHidden();
  for (const page of [again, lead]) {
    await expect(page.getByLabel("Service", { exact: true })).toHaveValue("service-of-drafts");
    await expect(page.getByLabel("Version")).toHaveValue("4.5.6");
    await expect(page.getByLabel("Git commit")).toHaveValue("3f9c2ab");
    await expect(page.getByLabel("Deployed by").locator("option:checked")).toHaveText("Emil Novak");
    await expect(page.getByLabel("Deployment date (T-0)")).toHaveValue("3 Feb 2031, 04:05");
    await expect(page.getByRole("checkbox", { name: "Kubernetes" })).toBeChecked();
    await expect(page.getByRole("radio", { name: "At close-out" })).toBeChecked();
  }
  await lead.getByRole("button", { name: "Open the deployment" }).click();
  await expect(lead.getByRole("heading", { name: "service-of-drafts 4.5.6" })).toBeVisible();
  await again.reload();
  await expect(again.getByLabel("Version")).toHaveValue("");
});
