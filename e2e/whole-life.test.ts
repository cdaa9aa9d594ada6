import type { Page } from "@playwright/test";
import { now } from "#lib/clock.ts";
import { PRODUCTION_TEMPLATE } from "#lib/domain/templates/production.ts";
import { itemsOf } from "#lib/domain/checklist.ts";
import type { ItemTemplate } from "#lib/domain/template.ts";
import { SLO_METRICS } from "#lib/domain/slo.ts";
import { advanceClock } from "./support/records.ts";
import { expect, PASSWORD, test } from "./support/test.ts";

test("a record from its opening to its end, by everyone's own hand", async ({ signInAs }) => {
  test.setTimeout(240_000);
  const lead = await signInAs("lead@demo.test");
  const path = await openDeployment(lead);

  const engineer = await signInAs("engineer@demo.test");
  await engineer.goto(path);
  for (const phase of PRODUCTION_TEMPLATE.phases.slice(0, 2)) {
    await settleAll(
      engineer,
      itemsOf(phase).map(({ item }) => item),
    );
    await completePhase(engineer, phase.title);
  }

  const sre = await signInAs("sre@demo.test");
  await sre.goto(`${path}/sign-off`);
  await expect(sre.getByText("waits for Engineering Lead")).toBeVisible();
  await expect(sre.getByRole("button", { name: "Approve…" })).toHaveCount(0);

  for (const [email, role] of [
    ["eng-lead@demo.test", "Engineering Lead"],
    ["sre@demo.test", "DevOps/SRE"],
    ["security@demo.test", "Security"],
    ["product@demo.test", "Product"],
  ] as const) {
    const approver = email === "sre@demo.test" ? sre : await signInAs(email);
    await approver.goto("/inbox");
    await approver.getByRole("link", { name: /life-api/ }).click();
    await approver.getByRole("button", { name: "Approve…" }).click();
    await approver.getByLabel("Your password").fill(PASSWORD);
    await approver.getByRole("button", { name: "Approve and sign" }).click();
    await expect(approver.getByText(`“I approve this deployment as ${role}.”`).first()).toBeVisible();
    await expect(approver.getByRole("dialog")).toHaveCount(0);
  }

  await engineer.goto(path);
  await engineer.getByRole("button", { name: "Start Deployment (T-0)" }).click();
  await expect(engineer.getByRole("button", { name: "Roll back…" })).toBeVisible();
  for (const phase of PRODUCTION_TEMPLATE.phases.slice(2)) {
    if (phase.key === "post-deployment") {
      await expect(engineer.locator("#item-health-checks-green").getByText("left")).toBeVisible();
      advanceClock(31);
      await engineer.reload();
    }
    await settleAll(
      engineer,
      itemsOf(phase).map(({ item }) => item),
    );
    await completePhase(engineer, phase.title);
  }
  await expect(engineer.getByText("This deployment is completed.")).toBeVisible();
  await engineer.getByRole("link", { name: "History", exact: true }).last().click();
  await expect(engineer.getByText(/Whole: \d+ events/)).toBeVisible();
});

async function openDeployment(page: Page): Promise<string> {
  await page.goto("/deployments/new");
  await page.getByLabel("Service").fill("life-api");
  await page.getByLabel("Git commit").fill("not hex");
  await page.getByRole("button", { name: "Open the deployment" }).click();
  await expect(page.getByText("A commit is 7 to 40 hex digits")).toBeVisible();
  await expect(page.getByText("Give the version")).toBeVisible();
  await expect(page.getByLabel("Service"), "what was typed stays").toHaveValue("life-api");
  await page.getByLabel("Version").fill("v2.14.0");
  await page.getByLabel("Git commit").fill("3F9C2AB");
  await page.getByLabel("Deployed by").selectOption({ label: "Edda Lund" });
  await page.getByRole("button", { name: "Open the deployment" }).click();
  await page.waitForURL(/\/deployments\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname;
}

/** Ticks plain items with a click or the keyboard, and gives the others what they ask for. */
async function settleAll(page: Page, items: readonly ItemTemplate[]): Promise<void> {
  for (const [index, item] of items.entries()) {
    const box = page.locator(`#item-${item.key}`).getByRole("checkbox");
    if (item.conditional) await waive(page, item);
    else if (item.requirement === undefined || item.requirement.kind === "wait") {
      if (index % 2 === 0) await box.click();
      else {
        await box.focus();
        await page.keyboard.press("x");
      }
    } else await show(page, item);
  }
  for (const item of items)
    await expect(page.locator(`#item-${item.key}`).getByRole("checkbox")).toBeChecked();
}

async function waive(page: Page, item: ItemTemplate): Promise<void> {
  await page.locator(`#item-${item.key}`).getByRole("button").first().click();
  await page.getByRole("button", { name: "Not applicable", exact: true }).click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

async function show(page: Page, item: ItemTemplate): Promise<void> {
  await page.locator(`#item-${item.key}`).getByRole("checkbox").click();
  const sheet = page.getByRole("dialog");
  const { requirement } = item;
  switch (requirement?.kind) {
    case "measurement":
      await sheet.getByLabel(requirement.title).fill("93.5");
      break;
    case "slo":
      for (const metric of requirement.metrics)
        await sheet.getByLabel(SLO_METRICS[metric].title).fill("0.05");
      break;
    case "rotation":
      for (const { title } of requirement.classes)
        await sheet.getByLabel(title).fill(new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10));
      break;
    case "fresh-time": {
      const recent = await page.evaluate((moment) => {
        const at = new Date(Date.parse(moment) - 5 * 60_000);
        return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
      }, now());
      await sheet.getByLabel(requirement.title).fill(recent);
      break;
    }
    default:
      await sheet.getByLabel("Link or note").fill("https://ci.example.com/report/1");
  }
  await sheet.getByRole("button", { name: "Save and tick" }).click();
  await expect(sheet.getByRole("button", { name: "Take the tick back" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

async function completePhase(page: Page, title: string): Promise<void> {
  const button = page.getByRole("button", { name: `Complete ${title}` });
  await expect(button).not.toHaveAttribute("aria-disabled");
  await button.click();
  await expect(button).toHaveCount(0);
}
