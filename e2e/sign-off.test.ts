import { complete, openRecord, signAll, toT0 } from "./support/records.ts";
import { expect, PASSWORD, test } from "./support/test.ts";

test("a rejection closes the gate, an answer starts the sign-off over", async ({ signInAs }) => {
  const run = await openRecord();
  await complete(run, "pre-deployment", "final-checks");
  const path = `/deployments/${run.id}/sign-off`;
  const approver = await signInAs("eng-lead@demo.test");
  await approver.goto(path);
  await approver.getByRole("button", { name: "Reject…" }).click();
  await approver.getByRole("button", { name: "Reject and sign" }).click();
  await expect(approver.getByText("Give a reason")).toBeVisible();
  await approver.getByLabel("Why do you reject it?").fill("The rollback plan is missing.");
  await approver.getByLabel("Your password").fill("not my password");
  await approver.getByRole("button", { name: "Reject and sign" }).click();
  await expect(approver.getByText("This is not your password")).toBeVisible();
  await approver.getByLabel("Your password").fill(PASSWORD);
  await approver.getByRole("button", { name: "Reject and sign" }).click();
  await expect(approver.getByText("the gate is closed until a team lead answers")).toBeVisible();

  const lead = await signInAs("lead@demo.test");
  await lead.goto(path);
  await lead.getByRole("button", { name: "Answer…" }).click();
  await lead.getByLabel("What has been done about it?").fill("It is linked now.");
  await lead.getByRole("button", { name: "Answer and start over" }).click();
  await expect(lead.getByRole("heading", { name: "No longer standing" })).toBeVisible();
  await expect(lead.getByText("Round 2")).toBeVisible();

  await signAll(run);
  await lead.goto(`/deployments/${run.id}`);
  await expect(lead.getByText("Go: ready for T-0")).toBeVisible();
});

test("reopening voids the approvals, and all is signed again", async ({ signInAs }) => {
  const run = await openRecord();
  await complete(run, "pre-deployment", "final-checks");
  await signAll(run);
  const lead = await signInAs("lead@demo.test");
  await lead.goto(`/deployments/${run.id}`);
  await lead.getByRole("button", { name: "More actions" }).click();
  await lead.getByRole("menuitem", { name: "Reopen Final checks…" }).click();
  await lead.getByLabel("Why is it reopened?").fill("The backup failed.");
  await lead.getByRole("button", { name: "Reopen Final checks" }).click();
  await expect(lead.getByText("In progress").first()).toBeVisible();
  await lead.getByRole("link", { name: "Sign-off", exact: true }).click();
  await expect(lead.getByText("Final checks was reopened.").first()).toBeVisible();
  await lead.getByRole("link", { name: "Checklist", exact: true }).click();
  await lead.getByRole("button", { name: "Complete Final checks" }).click();
  await expect(lead.getByText("Awaiting sign-off").first()).toBeVisible();
  await signAll(run);
  await lead.reload();
  await expect(lead.getByRole("button", { name: "Start Deployment (T-0)" })).toBeVisible();
});

test("where the gate has been passed nobody is told what they sign, or what keeps it closed", async ({
  signInAs,
}) => {
  const { id } = await toT0();
  const page = await signInAs("eng-lead@demo.test");
  await page.goto(`/deployments/${id}/sign-off`);
  await expect(page.getByRole("region", { name: "What the record holds now" })).toBeVisible();
  await expect(page.getByText("you sign", { exact: false })).toHaveCount(0);
  await expect(page.getByText("Signatures alone do not open this gate")).toHaveCount(0);
});

test("only whoever may sign now is told what they sign, with the way to the evidence", async ({
  signInAs,
}) => {
  const run = await openRecord();
  await complete(run, "pre-deployment", "final-checks");
  const path = `/deployments/${run.id}/sign-off`;
  const approver = await signInAs("eng-lead@demo.test");
  await approver.goto(path);
  await expect(approver.getByText("you sign: digest")).toBeVisible();
  const signed = approver.getByRole("region", { name: "What you sign" });
  await expect(signed.getByRole("link", { name: /the scan's report/ })).toHaveAttribute("href", /^https:/);

  for (const email of ["lead@demo.test", "sre@demo.test"] as const) {
    const other = await signInAs(email);
    await other.goto(path);
    await expect(other.getByRole("region", { name: "What is signed" })).toBeVisible();
    await expect(other.getByText("you sign", { exact: false })).toHaveCount(0);
  }
});
