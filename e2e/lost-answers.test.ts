import { writeFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { listDeploymentEvents } from "#lib/queries/list-events.ts";
import { everybody, openRecord } from "./support/records.ts";
import { expect, test } from "./support/test.ts";

const SAID = "The migration is long; start early.";
const AGAIN = /try again/i;

/** The first such write, of these words, arrives and is carried out; its answer is lost on the way back. */
async function loseFirstAnswer(page: Page, address: string, words: string | null): Promise<void> {
  let lost = false;
  await page.route(address, async (route) => {
    const request = route.request();
    const isOther = request.method() !== "POST" || (words !== null && !request.postData()?.includes(words));
    if (lost || isOther) return route.fallback();
    lost = true;
    await route.fetch();
    await route.abort();
  });
}

async function countOf(id: string, type: "comment.added" | "evidence.added"): Promise<number> {
  const { "lead@demo.test": lead } = await everybody();
  return (await listDeploymentEvents(lead, id, { type, limit: 10 })).events.length;
}

test("a comment whose answer was lost is said once, though it is sent again; another one after it is said too", async ({
  signInAs,
}) => {
  const { id } = await openRecord();
  const page = await signInAs("engineer@demo.test");
  await page.goto(`/deployments/${id}/sign-off`);
  await loseFirstAnswer(page, `**/deployments/${id}/sign-off`, SAID);
  const field = page.getByRole("textbox", { name: "Comment" });
  const form = page.locator("form", { has: field });
  const send = form.getByRole("button", { name: "Send" });
  await field.fill(SAID);
  await send.click();
  await expect(form.getByText(AGAIN)).toBeVisible();
  await send.click();
  await expect(field).toHaveValue("");
  expect(await countOf(id, "comment.added")).toBe(1);
  await field.fill(SAID);
  await send.click();
  await expect(field).toHaveValue("");
  expect(await countOf(id, "comment.added")).toBe(2);
});

test("a file whose answer was lost is kept once, though it is chosen again", async ({ signInAs }) => {
  const { id } = await openRecord();
  const page = await signInAs("engineer@demo.test");
  await page.goto(`/deployments/${id}#item-mtls-enabled`);
  await loseFirstAnswer(page, `**/api/v1/deployments/${id}/items/mtls-enabled/evidence*`, null);
  const file = test.info().outputPath("notes.txt");
  writeFileSync(file, SAID);
  const sheet = page.getByRole("dialog");
  const input = sheet.locator("input[type=file]");
  await input.setInputFiles(file);
  await expect(sheet.getByText(AGAIN).first()).toBeVisible();
  await input.setInputFiles(file);
  await expect(sheet.getByText("notes.txt is kept").first()).toBeVisible();
  expect(await countOf(id, "evidence.added")).toBe(1);
});
