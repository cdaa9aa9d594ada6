import { prisma } from "#lib/db/prisma.ts";
import { settleItem } from "#lib/services/checklist-items.ts";
import { expectAccessible } from "./support/expect-accessible.ts";
import { advanceClock, everybody, openRecord } from "./support/records.ts";
import { expect, test } from "./support/test.ts";

test("whoever comes back sees what changed since their last look", async ({ signInAs }) => {
  const run = await openRecord();
  const approver = await signInAs("sre@demo.test", { phone: true });
  const path = `/deployments/${run.id}/sign-off`;
  await approver.goto(path);
  const looked = () => prisma().look.count({ where: { deploymentId: run.id } });
  await expect.poll(looked).toBe(1);
  await expect(approver.getByText("Since your last look")).toHaveCount(0);
  await approver.goto("/inbox");
  const { "engineer@demo.test": engineer, "lead@demo.test": lead } = await everybody();
  await settleItem(engineer, run.id, { item: "mtls-enabled", to: "done" });
  await settleItem(lead, run.id, { item: "cdn", to: "not-applicable", reason: "No CDN here." });
  advanceClock(31);
  await approver.goto(path);
  await expect(approver.getByText("Since your last look")).toBeVisible();
  await expect(approver.getByText("1 ticked")).toBeVisible();
  await expect(approver.getByText("“No CDN here.”")).toBeVisible();
  await expectAccessible(approver);
  await approver.reload();
  await expect(approver.getByText("1 ticked"), "the same visit").toBeVisible();
});
