import { advanceClock, toT0 } from "./support/records.ts";
import { expect, test } from "./support/test.ts";

test("a rollback freezes the phases, runs step by step and ends the record", async ({ signInAs }) => {
  const run = await toT0();
  const engineer = await signInAs("engineer@demo.test");
  await engineer.goto(`/deployments/${run.id}`);
  await engineer.getByRole("button", { name: "Roll back…" }).click();
  await engineer.getByRole("button", { name: "Roll back now" }).click();
  await expect(engineer.getByText("Give a reason")).toBeVisible();
  await engineer.getByLabel("What went wrong?").fill("Checkouts fail with 502.");
  await engineer.getByRole("button", { name: "Roll back now" }).click();
  await expect(engineer.getByText("RTO left")).toBeVisible();
  // What froze is nobody's to do any more.
  await expect(engineer.getByRole("radio", { name: /^Open/ })).toHaveAccessibleName(/^Open\s*11$/);

  const tick = async (...keys: readonly string[]) => {
    for (const key of keys) await engineer.locator(`#item-${key}`).getByRole("checkbox").click();
    for (const key of keys)
      await expect(engineer.locator(`#item-${key}`).getByRole("checkbox")).toBeChecked();
  };
  await expect(engineer.locator("#item-rollback-revert").getByRole("checkbox")).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  // Why, stands where what is locked begins.
  await expect(engineer.getByRole("region", { name: "Recovery" })).toContainText(
    "Finish Immediate actions first",
  );
  await tick("rollback-incident-response", "rollback-notify-on-call", "rollback-status-page");
  await expect(engineer.locator("#item-rollback-revert").getByRole("checkbox")).not.toHaveAttribute(
    "aria-disabled",
  );
  await tick("rollback-revert", "rollback-health-checks", "rollback-smoke-tests");
  await expect(engineer.locator("#item-rollback-monitor").getByText("left")).toBeVisible();
  advanceClock(16);
  await engineer.reload();
  await tick("rollback-monitor");
  await tick("rollback-root-cause");
  await engineer.locator("#item-rollback-hotfix").getByRole("button").first().click();
  await engineer.getByRole("button", { name: "Not applicable", exact: true }).click();
  await engineer.keyboard.press("Escape");
  await tick("rollback-hotfix-tested", "rollback-redeployment");
  await engineer.getByRole("button", { name: "Complete Rollback" }).click();
  const ending = engineer.getByRole("region", { name: "How it ended" });
  await expect(ending).toContainText(
    "This deployment is rolled back. Emil Novak: “Checkouts fail with 502.”",
  );
  await expect(ending).toContainText("16 of 60 min RTO met");

  const lead = await signInAs("lead@demo.test");
  await lead.goto(`/deployments/${run.id}`);
  await lead.getByRole("link", { name: "Schedule re-deployment" }).click();
  await lead.getByLabel("Version").fill("1.0.1");
  await lead.getByLabel("Git commit").fill("aaaaaaa");
  await lead.getByLabel("Deployed by").selectOption({ label: "Emil Novak" });
  await lead.getByRole("button", { name: "Open the deployment" }).click();
  await lead.waitForURL((address) => !address.pathname.includes("/new"));
  await lead.goto(`/deployments/${run.id}`);
  await expect(lead.getByRole("link", { name: "Open the re-deployment" })).toBeVisible();
});
