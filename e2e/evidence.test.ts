import { openRecord } from "./support/records.ts";
import { app, expect, test } from "./support/test.ts";

const coverage = (hit: number) => ({
  name: "lcov.info",
  mimeType: "text/plain",
  buffer: Buffer.from(`TN:\nSF:src/a.ts\nDA:1,1\nDA:2,${hit}\nLF:2\nLH:${1 + hit}\nend_of_record\n`),
});

test("a report fails an item, a lead overrules it, a better report passes it", async ({ signInAs }) => {
  const { id } = await openRecord();
  const engineer = await signInAs("engineer@demo.test");
  await engineer.goto(`/deployments/${id}#item-test-coverage`);
  const sheet = engineer.getByRole("dialog", { name: "Test coverage >= 80%" });
  await sheet.locator("input[type=file]").setInputFiles(coverage(0));
  const checks = sheet.getByRole("region", { name: "Checks" });
  await expect(checks.getByText("fails")).toBeVisible();
  const outcome = sheet.getByText("lcov.info: 50 % of 2 lines in 1 file are covered").first();
  await expect(outcome).toBeVisible();
  // It is kept, but a report that fails is no success.
  await expect(outcome.locator("..").locator("..")).toHaveClass(/bg-blocked-surface/);
  await expect(checks.getByRole("button", { name: "Overrule…" })).toHaveAttribute("aria-disabled", "true");

  const lead = await signInAs("lead@demo.test");
  await lead.goto(`/deployments/${id}#item-test-coverage`);
  await lead.getByRole("button", { name: "Overrule…" }).click();
  const dialog = lead.getByRole("dialog", { name: "Overrule the machine?" });
  await dialog.getByRole("button", { name: "Overrule", exact: true }).click();
  await expect(dialog.getByText("Give a reason")).toBeVisible();
  await dialog.getByLabel("Why the verdict may be overruled").fill("Generated code is counted");
  await dialog.getByRole("button", { name: "Overrule", exact: true }).click();
  await expect(lead.getByText("“Generated code is counted”")).toBeVisible();

  await sheet.locator("input[type=file]").setInputFiles(coverage(1));
  await expect(checks.getByText("passes")).toBeVisible();
  await expect(sheet.getByText(/^Ticked by Emil Novak/)).toBeVisible();
  const download = engineer.waitForEvent("download");
  await sheet.getByRole("link", { name: "lcov.info" }).first().click();
  expect((await download).suggestedFilename()).toBe("lcov.info");
});

test("a lead gives a service an address, and what is wrong is said beside its field", async ({
  signInAs,
}) => {
  await openRecord();
  const lead = await signInAs("lead@demo.test");
  await lead.goto("/services");
  await lead.getByRole("link", { name: "checkout-web" }).click();
  await lead.getByLabel("Health addresses").fill("https://www.example.com/health");
  await lead.getByLabel("Hosts").fill("no host!");
  await lead.getByRole("button", { name: "Save" }).click();
  await expect(lead.getByText("Must be a host name")).toBeVisible();
  await lead.getByLabel("Hosts").fill("www.example.com\nwww.example.org:8443");
  await lead.getByRole("button", { name: "Save" }).click();
  await expect(lead.getByText("Saved").first()).toBeVisible();
  await lead.reload();
  await expect(lead.getByLabel("Hosts")).toHaveValue("www.example.com\nwww.example.org:8443");
  const engineer = await signInAs("engineer@demo.test");
  await engineer.goto(lead.url());
  await expect(engineer.getByRole("button", { name: "Save" })).toHaveAttribute("aria-disabled", "true");
});

test("a token is shown once, works, and ends when it is revoked", async ({ signInAs, request }) => {
  const lead = await signInAs("lead@demo.test");
  await lead.goto("/tokens");
  await lead.getByRole("button", { name: "Make a token" }).click();
  const dialog = lead.getByRole("dialog");
  await dialog.getByRole("button", { name: "Make the token" }).click();
  await expect(dialog.getByText("Name the token")).toBeVisible();
  await dialog.getByLabel("Name").fill("browser test");
  await dialog.getByRole("button", { name: "Make the token" }).click();
  const secret =
    (
      await dialog
        .getByText(/^csgn_/)
        .first()
        .textContent()
    )?.trim() ?? "";
  await dialog.getByRole("button", { name: "I have copied it" }).click();
  const ask = async () =>
    (
      await request.get(`${app.url}/api/v1/deployments`, { headers: { authorization: `Bearer ${secret}` } })
    ).status();
  expect(await ask()).toBe(200);
  await expect(lead.getByText(secret)).toHaveCount(0);
  await lead.getByRole("button", { name: "Revoke browser test" }).click();
  await expect(lead.getByText("revoked").first()).toBeVisible();
  expect(await ask()).toBe(401);
});
