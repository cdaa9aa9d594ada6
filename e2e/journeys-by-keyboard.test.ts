import { itemsOf } from "#lib/domain/checklist.ts";
import { PRODUCTION_TEMPLATE } from "#lib/domain/templates/production.ts";
import { go, press, tabTo, type } from "./support/by-keyboard.ts";
import { complete, openRecord } from "./support/records.ts";
import { expect, PASSWORD, test } from "./support/test.ts";

// The four main journeys without a pointer; what is asked for is what a screen reader is told.

test("a team lead opens a deployment, and is told what is missing", async ({ signInAs }) => {
  const lead = await signInAs("lead@demo.test");
  await go(lead, "b", "**/deployments");
  await press(lead, lead.getByRole("link", { name: "New deployment" }));
  await type(lead, lead.getByRole("combobox", { name: "Service" }), "keyboard-api");
  await press(lead, lead.getByRole("button", { name: "Open the deployment" }));
  const version = lead.getByRole("textbox", { name: "Version" });
  await expect(version).toHaveAccessibleDescription(/Give the version/);
  await type(lead, version, "1.0.0");
  await type(lead, lead.getByRole("textbox", { name: "Git commit" }), "3f9c2ab");
  await tabTo(lead, lead.getByRole("combobox", { name: "Deployed by" }));
  await lead.keyboard.type("Emil");
  await press(lead, lead.getByRole("button", { name: "Open the deployment" }));
  await lead.waitForURL(/\/deployments\/[0-9a-f-]{36}$/);
  await expect(lead.getByRole("heading", { level: 1, name: "keyboard-api 1.0.0" })).toBeVisible();
});

test("an engineer ticks, gives a value, and comes back to where they were", async ({ signInAs }) => {
  const { id } = await openRecord();
  const engineer = await signInAs("engineer@demo.test");
  await engineer.goto(`/deployments/${id}`);
  const [phase] = PRODUCTION_TEMPLATE.phases;
  const items = phase === undefined ? [] : itemsOf(phase).map(({ item }) => item);
  const plain = items.findIndex(({ requirement }) => requirement === undefined);
  const measured = items.findIndex(({ requirement }) => requirement?.kind === "measurement");
  const boxOf = (index: number) =>
    engineer.getByRole("checkbox", { name: items[index]?.title ?? "", exact: true });
  for (let step = 0; step <= plain; step += 1) await engineer.keyboard.press("j");
  await expect(boxOf(plain)).toBeFocused();
  await engineer.keyboard.press("x");
  await expect(boxOf(plain)).toBeChecked();
  for (let step = plain; step < measured; step += 1) await engineer.keyboard.press("j");
  await engineer.keyboard.press("e");
  const sheet = engineer.getByRole("dialog", { name: items[measured]?.title ?? "" });
  await type(engineer, sheet.getByRole("textbox").first(), "93.5");
  await press(engineer, sheet.getByRole("button", { name: "Save and tick" }));
  await expect(sheet.getByRole("button", { name: "Take the tick back" })).toBeVisible();
  await engineer.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);
  await expect(boxOf(measured)).toBeFocused();
  await expect(boxOf(measured)).toBeChecked();
});

test("an approver finds what awaits them and signs it", async ({ signInAs }) => {
  const service = `keyed-${Math.random().toString(36).slice(2, 8)}`;
  await complete(await openRecord({ service }), "pre-deployment", "final-checks");
  const approver = await signInAs("eng-lead@demo.test");
  await go(approver, "i", "**/inbox");
  await press(approver, approver.getByRole("link", { name: new RegExp(service) }));
  await press(approver, approver.getByRole("button", { name: "Approve…" }));
  const dialog = approver.getByRole("dialog");
  await type(approver, dialog.getByLabel("Your password"), PASSWORD);
  await press(approver, dialog.getByRole("button", { name: "Approve and sign" }));
  await expect(approver.getByText("“I approve this deployment as Engineering Lead.”").first()).toBeVisible();
});

test("an auditor searches the history and reads one event to its hash", async ({ signInAs }) => {
  const service = `audited-${Math.random().toString(36).slice(2, 8)}`;
  await openRecord({ service });
  const auditor = await signInAs("auditor@demo.test");
  await go(auditor, "h", "**/history");
  await type(auditor, auditor.getByRole("searchbox", { name: "Text, id or digest" }), service);
  await auditor.keyboard.press("Enter");
  await auditor.waitForURL(/text=audited-/);
  const event = auditor.locator("details", { hasText: service });
  await expect(event).toHaveCount(1);
  await press(auditor, event.locator("summary"));
  await expect(event.getByRole("button", { name: /^Copy hash [0-9a-f]{64}$/ })).toBeVisible();
  await expect(event.getByText(/"type":"deployment\.opened"/)).toBeVisible();
});
