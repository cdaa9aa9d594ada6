import { advanceClock, complete, openRecord } from "./support/records.ts";
import { expect, test } from "./support/test.ts";

test("an open board says that something went stale at a gate when it does", async ({ signInAs }) => {
  const service = `backed-up-${Math.random().toString(36).slice(2, 8)}`;
  await complete(await openRecord({ service }), "pre-deployment", "final-checks");
  const lead = await signInAs("lead@demo.test");
  await lead.clock.install();
  await lead.goto(`/deployments?q=${service}`);
  const line = lead.getByRole("row", { name: service });
  await expect(line).toContainText("At the gate");
  await expect(line).not.toContainText("stale");
  advanceClock(60);
  await lead.clock.fastForward("01:00:00");
  await expect(line).toContainText("At the gate · stale");
});
