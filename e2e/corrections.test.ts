import type { Page } from "@playwright/test";
import { now } from "#lib/clock.ts";
import { changeDetails } from "#lib/services/deployments.ts";
import { load } from "#test/support/factories.ts";
import { complete, everybody, openRecord, signAll } from "./support/records.ts";
import { expect, test } from "./support/test.ts";

async function openDetails(page: Page, id: string) {
  await page.goto(`/deployments/${id}`);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Correct the details…" }).click();
  return page.getByRole("dialog", { name: "Correct the details" });
}

test("who corrects the details brings back nothing that somebody else corrected meanwhile", async ({
  signInAs,
}) => {
  const { id } = await openRecord();
  const { "lead@demo.test": lead } = await everybody();
  const page = await signInAs("lead@demo.test");
  const dialog = await openDetails(page, id);
  await changeDetails(lead, { deploymentId: id, commit: "abcdef1" });
  await dialog.getByLabel("Version").fill("1.0.1");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  expect((await load(id)).details).toMatchObject({ version: "1.0.1", commit: "abcdef1" });
});

test("saving the details as they stand voids no approval", async ({ signInAs }) => {
  const tomorrow = new Date(Date.parse(now()) + 86_400_000).toISOString().slice(0, 17);
  const run = await openRecord({ deploymentAt: `${tomorrow}37Z` });
  await complete(run, "pre-deployment", "final-checks");
  await signAll(run);
  const page = await signInAs("lead@demo.test");
  const dialog = await openDetails(page, run.id);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  const { approvals } = await load(run.id);
  expect(approvals.filter(({ voided }) => voided === null)).toHaveLength(4);
});
