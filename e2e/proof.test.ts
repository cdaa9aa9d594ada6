import { verifyBundle } from "#lib/proof/verify-bundle.ts";
import type { Locator, Page } from "@playwright/test";
import { openRecord } from "./support/records.ts";
import { expect, test } from "./support/test.ts";

test("an auditor verifies everything, then the record that its history leads to", async ({ signInAs }) => {
  const { id } = await openRecord();
  const auditor = await signInAs("auditor@demo.test");
  await auditor.goto("/proof");
  await expect(auditor.getByText(/events signed/)).toBeVisible();
  await expect(auditor.getByRole("button", { name: /^Copy fingerprint [0-9a-f]{64}$/ })).toBeVisible();
  const runs = auditor.getByRole("region", { name: "Verifications" }).getByRole("listitem");
  await verify(auditor, runs.first().getByText("Everything", { exact: true }));
  await expect(runs.first()).toContainText(/histories: no flaw found/, { timeout: 60_000 });

  await auditor.goto(`/deployments/${id}/history`);
  await auditor.getByRole("link", { name: "Verify" }).click();
  await expect(auditor.getByLabel("Deployment", { exact: true })).toHaveValue(id);
  await verify(auditor, runs.first().filter({ hasNotText: "Everything" }));
  await expect(runs.first()).toContainText(/in 1 history: no flaw found/, { timeout: 60_000 });

  await auditor.getByLabel("Deployment", { exact: true }).fill("none such");
  await verify(auditor, auditor.getByText("Not an id"));
});

// A press reaches nobody until the page's script has come, so it is repeated until something shows.
async function verify(page: Page, shown: Locator): Promise<void> {
  await expect(async () => {
    await page.getByRole("button", { name: "Verify", exact: true }).click();
    await shown.waitFor({ timeout: 5_000 });
  }).toPass({ timeout: 60_000 });
}

test("a lead verifies records alone, and takes a bundle out that is whole", async ({ signInAs }) => {
  const { id } = await openRecord();
  const lead = await signInAs("lead@demo.test");
  await lead.goto("/proof");
  await expect(lead.getByLabel("Everything")).toHaveCount(0);
  await lead.goto(`/deployments/${id}/history`);
  await lead.getByRole("button", { name: "Export" }).click();
  const address = await lead.getByRole("link", { name: "Signed bundle" }).getAttribute("href");
  const bundle = await (await lead.request.get(address ?? "")).body();
  const read = (offset: number, length: number) => bundle.subarray(offset, offset + length);
  expect(verifyBundle(read, bundle.length, null)).toMatchObject({ verdict: "whole" });
});

test("an engineer does not find the page", async ({ signInAs }) => {
  const engineer = await signInAs("engineer@demo.test");
  await expect(engineer.getByRole("link", { name: "Proof" })).toHaveCount(0);
  await engineer.goto("/proof");
  await expect(engineer.getByRole("heading", { name: "Proof" })).toHaveCount(0);
});
