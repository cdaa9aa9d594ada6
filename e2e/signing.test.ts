import { expectAccessible } from "./support/expect-accessible.ts";
import { complete, openRecord } from "./support/records.ts";
import { expect, PASSWORD, test } from "./support/test.ts";

test("approvals are chosen when a record is opened: quorum, order, side by side", async ({ signInAs }) => {
  const lead = await signInAs("lead@demo.test");
  await lead.goto("/deployments/new");
  await lead.getByLabel("Service").fill("quorum-api");
  await lead.getByLabel("Version").fill("1.0.0");
  await lead.getByLabel("Git commit").fill("3f9c2ab");
  await lead.getByLabel("Deployed by").selectOption({ label: "Emil Novak" });
  await lead.getByRole("button", { name: "Product does not approve" }).click();
  await lead.getByRole("button", { name: "Security earlier" }).click();
  await lead.getByLabel("How many of Security approve").selectOption("2");
  await expect(lead.getByText("Held on the team by 1 only")).toBeVisible();
  await lead.getByLabel("together with the one before, DevOps/SRE").check();
  await expectAccessible(lead);
  await lead.getByRole("button", { name: "Open the deployment" }).click();
  await lead.waitForURL(/\/deployments\/[0-9a-f-]{36}$/);
  await lead.getByRole("link", { name: "Sign-off", exact: true }).click();
  await expect(lead.getByText("0 of 2 approved")).toBeVisible();
  await expect(lead.getByText("together with the one before")).toBeVisible();
  await expect(lead.getByText("0 of 4 signed")).toBeVisible();
});

test("a stand-in signs for an approver on a phone, and the record says for whom", async ({ signInAs }) => {
  const run = await openRecord({ approvals: [{ role: "security" }] });
  await complete(run, "pre-deployment", "final-checks");
  const approver = await signInAs("security@demo.test");
  await approver.goto("/account/delegations");
  await expect(approver.getByText("None. Name one for days on which you cannot sign.")).toBeVisible();
  await approver.getByRole("button", { name: "Name a stand-in" }).click();
  await approver.getByRole("button", { name: "Name the stand-in" }).click();
  await expect(approver.getByText("Not an id")).toBeVisible();
  await approver.getByLabel("Stand-in", { exact: false }).last().selectOption({ label: "Edda Lund" });
  await approver.getByRole("button", { name: "Name the stand-in" }).click();
  await expect(approver.getByText("stands", { exact: true })).toBeVisible();
  await expectAccessible(approver);

  const standIn = await signInAs("engineer2@demo.test", { phone: true });
  await standIn.goto("/inbox");
  await expect(standIn.getByText("You may sign for Sofia Conti")).toBeVisible();
  await expectAccessible(standIn);
  await standIn.goto(`/deployments/${run.id}/sign-off`);
  await expect(standIn.getByText("for Sofia Conti", { exact: true })).toBeVisible();
  await standIn.getByRole("button", { name: "Approve…" }).click();
  await expect(standIn.getByText("as Security for Sofia Conti.”")).toBeVisible();
  await standIn.getByLabel("Your password").fill(PASSWORD);
  await standIn.getByRole("button", { name: "Approve and sign" }).click();
  await expect(standIn.getByText("Edda Lund for Sofia Conti")).toBeVisible();
  await standIn.goto(`/deployments/${run.id}/history`);
  await expect(standIn.getByText("approved as Security for Sofia Conti").first()).toBeVisible();

  await approver.reload();
  await approver.getByRole("button", { name: "End the delegation to Edda Lund" }).click();
  await expect(approver.getByText("ended", { exact: true })).toBeVisible();
});

test("two people break the glass, the phase begins, and a third reviews it", async ({ signInAs }) => {
  const run = await openRecord();
  await complete(run, "pre-deployment");
  const path = `/deployments/${run.id}`;
  const lead = await signInAs("lead@demo.test");
  await lead.goto(path);
  await lead.getByRole("button", { name: "More actions" }).click();
  await lead.getByRole("menuitem", { name: "Break glass before Deployment…" }).click();
  await lead.getByLabel("Why can it not wait?").fill("Checkout is down; the fix is this version.");
  await lead.getByRole("button", { name: "Ask for it" }).click();
  await expect(lead.getByText("Break glass asked")).toBeVisible();

  const approver = await signInAs("sre@demo.test", { phone: true });
  await approver.goto(`${path}/sign-off`);
  await expect(approver.getByText("Product has not approved").first()).toBeVisible();
  await expectAccessible(approver);
  await approver.getByRole("button", { name: "Confirm as DevOps/SRE…" }).click();
  await approver.getByLabel("Your password").fill(PASSWORD);
  await expectAccessible(approver);
  await approver.getByRole("button", { name: "Confirm and sign" }).click();
  await expect(approver.getByText("gate open", { exact: true })).toBeVisible();

  const engineer = await signInAs("engineer@demo.test");
  await engineer.goto(path);
  await engineer.getByRole("button", { name: "Start Deployment (T-0)" }).click();
  await expect(engineer.getByText("Break glass: review owed")).toBeVisible();

  const reviewer = await signInAs("security@demo.test");
  await reviewer.goto(`${path}/sign-off`);
  await reviewer.getByRole("button", { name: "Review…" }).click();
  await reviewer.getByRole("button", { name: "Write the review" }).click();
  await expect(reviewer.getByText("Write what you found")).toBeVisible();
  await reviewer.getByText("Justified", { exact: true }).click();
  await reviewer.getByLabel("What did you find?").fill("It was down, and this mended it.");
  await expectAccessible(reviewer);
  await reviewer.getByRole("button", { name: "Write the review" }).click();
  await expect(reviewer.getByText("Sofia Conti found it justified")).toBeVisible();
});
