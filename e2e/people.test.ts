import { randomUUID } from "node:crypto";
import { complete, openRecord } from "./support/records.ts";
import type { Page } from "@playwright/test";
import { prisma } from "#lib/db/prisma.ts";
import { hashToken } from "#lib/hash-token.ts";
import { expect, PASSWORD, test } from "./support/test.ts";

/** The page's session proved too long ago who sits at it. */
async function forgetProof(page: Page): Promise<void> {
  const cookies = await page.context().cookies();
  const token = cookies.find(({ name }) => name === "countersign.session")?.value ?? "";
  const { count } = await prisma().session.updateMany({
    where: { tokenHash: hashToken(token) },
    data: { provenAt: new Date(0) },
  });
  expect(count).toBe(1);
}

test("an admin adds a person; taking the role away ends their session at once", async ({
  signInAs,
  openPage,
}) => {
  const email = `${randomUUID()}@demo.test`;
  const admin = await signInAs("admin@demo.test");
  await admin.goto("/people");
  await admin.getByRole("button", { name: "Add a person" }).click();
  await admin.getByLabel("Name").fill("Nia Okoro");
  await admin.getByLabel("E-mail").fill(email);
  await admin.getByLabel("Role", { exact: true }).selectOption("engineer");
  await admin.getByLabel("Team", { exact: true }).selectOption({ label: "Payments" });
  await admin.getByLabel("First password").fill("short");
  await admin.getByRole("button", { name: "Add", exact: true }).click();
  await expect(admin.getByText("At least 12 characters").last()).toBeVisible();
  await admin.getByLabel("First password").fill("a long enough password");
  await forgetProof(admin);
  await admin.getByRole("button", { name: "Add", exact: true }).click();
  const proof = admin.getByRole("dialog", { name: "Prove that it is you" });
  await proof.getByLabel("Your password").fill(PASSWORD);
  await proof.getByRole("button", { name: "Go on" }).click();
  const row = admin.getByRole("row").filter({ hasText: email });
  await expect(row.getByText("Engineer")).toBeVisible();

  const person = await openPage();
  await person.goto("/sign-in");
  await person.getByLabel("E-mail").fill(email);
  await person.getByLabel("Password").fill("a long enough password");
  await person.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(person.getByRole("heading", { name: "My work" })).toBeVisible();

  await row.getByRole("button", { name: "Actions for Nia Okoro" }).click();
  await admin.getByRole("menuitem", { name: "Take away Engineer in Payments…" }).click();
  await admin.getByRole("button", { name: "Take the role away" }).click();
  await expect(row.getByText("no role")).toBeVisible();
  await person.reload();
  await expect(person.getByRole("heading", { name: "Sign in to Countersign" })).toBeVisible();
});

test("an admin changes how long records are kept, and an auditor is told", async ({ signInAs }) => {
  const admin = await signInAs("admin@demo.test");
  await admin.goto("/retention");
  await admin.getByLabel("Days after a deployment’s end").fill("36500");
  await admin.getByRole("button", { name: "Preview…" }).click();
  await expect(admin.getByText("Nothing would be removed a week from now")).toBeVisible();
  await admin.getByRole("button", { name: "Keep content for 36500 days" }).click();
  await expect(admin.getByText("Content is kept for 36500 days")).toBeVisible();
  const auditor = await signInAs("auditor@demo.test");
  const news = auditor.getByRole("listitem").filter({ hasText: "Retention changed" }).first();
  await expect(async () => {
    await auditor.goto("/notifications");
    await expect(news).toContainText("Amir Khan changed the retention span", { timeout: 2_000 });
  }).toPass();
  await expect(news).toContainText("to 36500 days");
  await news.getByRole("link").click();
  await expect(auditor.getByRole("heading", { name: "Retention" })).toBeVisible();
});

test("an auditor reads everything and changes nothing", async ({ signInAs }) => {
  const run = await openRecord();
  const auditor = await signInAs("auditor@demo.test");
  await auditor.goto("/history");
  await auditor.getByLabel("What", { exact: true }).selectOption("rollback.");
  await expect(auditor.getByText("triggered the rollback").first()).toBeVisible();
  await expect(auditor.getByText(/ticked/)).toHaveCount(0);
  await auditor.getByText("triggered the rollback").first().click();
  await expect(auditor.getByText("rollback.triggered", { exact: true }).first()).toBeVisible();
  await auditor.goto(`/deployments/${run.id}`);
  const box = auditor.locator("#item-mtls-enabled").getByRole("checkbox");
  await expect(box).toHaveAttribute("aria-disabled", "true");
  await box.click({ force: true });
  await expect(box).not.toBeChecked();
  await auditor.goto("/people");
  await expect(auditor.getByText("Countersign").first()).toBeVisible();
  await expect(auditor.getByRole("heading", { name: "People and roles" })).toHaveCount(0);
});

test("sign-in says so little as it must, and sign-out is final", async ({ openPage, signInAs }) => {
  const page = await openPage();
  await page.goto("/deployments");
  await expect(page).toHaveURL(/\/sign-in\?from=%2Fdeployments/);
  await page.getByLabel("E-mail").fill("nobody@demo.test");
  await page.getByLabel("Password").fill("whatever it is");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByText("E-mail and password do not match.")).toBeVisible();

  const engineer = await signInAs("engineer2@demo.test");
  const cookies = await engineer.context().cookies();
  await engineer.getByRole("button", { name: "Edda Lund" }).click();
  await engineer.getByRole("button", { name: "Sign out" }).click();
  await expect(engineer.getByRole("heading", { name: "Sign in to Countersign" })).toBeVisible();
  await engineer.context().addCookies(cookies);
  await engineer.goto("/deployments");
  await expect(engineer.getByRole("heading", { name: "Sign in to Countersign" })).toBeVisible();
});

test("a stale tab's tick goes back with the reason beside it", async ({ signInAs }) => {
  const run = await openRecord();
  const stale = await signInAs("engineer@demo.test");
  await stale.route("**/api/v1/deployments/**", (route) => route.abort());
  await stale.goto(`/deployments/${run.id}`);
  await complete(run, "pre-deployment");
  const row = stale.locator("#item-mtls-enabled");
  await row.getByRole("checkbox").click();
  await expect(row.getByText("Pre-deployment is complete; a team lead can reopen it")).toBeVisible();
});

test("what is not there, or not for one, is said inside the frame", async ({ signInAs, openPage }) => {
  const lead = await signInAs("lead@demo.test");
  for (const address of [`/deployments/${randomUUID()}`, "/nonsense"]) {
    const answer = await lead.goto(address);
    expect(answer?.status()).toBe(404);
    await expect(lead).toHaveTitle("Not found · Countersign");
    await expect(lead.getByRole("banner").getByRole("link", { name: "Board" })).toBeVisible();
  }
  const nobody = await openPage();
  const answer = await nobody.goto("/nonsense");
  expect(answer?.status()).toBe(404);
  await expect(nobody.getByRole("banner").getByRole("link", { name: "Sign in" })).toBeVisible();
});
