import { expect, test } from "vitest";
import { cancelDeployment } from "#lib/domain/rollback.ts";
import { completePhase, reopenPhase } from "#lib/domain/phases.ts";
import { DAY, MINUTE } from "#lib/domain/time.ts";
import { viewPhase } from "#lib/queries/view-phase.ts";
import { CAST } from "#test/support/people.ts";
import { TestRecord } from "#test/support/records.ts";

const { lead, engineer } = CAST;
const YEAR = (366 * DAY) / MINUTE;

function seenOf({ deployment, now }: TestRecord, itemKey: string) {
  const [seen] = deployment.checklist.phases.flatMap((phase) => {
    const { judgedAt, sections } = viewPhase(deployment, phase, engineer, now, () => [], []);
    const item = sections.flatMap(({ items }) => items).find(({ key }) => key === itemKey);
    return item === undefined ? [] : [{ judgedAt, verdict: item.judgement?.verdict }];
  });
  return seen;
}

test("what was fresh at T-0 is seen so afterwards, and anew once T-0 is still to come", () => {
  const record = new TestRecord().toSignOff();
  expect(seenOf(record, "database-backup")).toEqual({ judgedAt: null, verdict: "met" });
  record.wait(61);
  expect(seenOf(record, "database-backup")).toEqual({ judgedAt: null, verdict: "stale" });
  const begun = new TestRecord().toDeployment();
  const { t0At } = begun.deployment;
  begun.wait(61);
  expect(seenOf(begun, "database-backup")).toEqual({ judgedAt: t0At, verdict: "met" });
  begun.do(lead, reopenPhase("final-checks", "Again."));
  expect(seenOf(begun, "database-backup")).toEqual({ judgedAt: null, verdict: "stale" });
});

test("from T-0 on a phase is judged anew until the next one begins", () => {
  const record = new TestRecord().toDeployment();
  expect(seenOf(record, "verify-health-checks")).toMatchObject({ judgedAt: null });
  record.settleAll("deployment");
  record.do(engineer, completePhase("deployment"));
  const began = record.deployment.phases["post-deployment"]?.started?.at;
  record.wait(YEAR);
  expect(began).toBeDefined();
  expect(seenOf(record, "verify-health-checks")).toMatchObject({ judgedAt: began });
});

test("a record that ended is seen as it ended, however long ago", () => {
  const record = new TestRecord().toSignOff();
  record.do(lead, cancelDeployment("Too late."));
  const end = record.now;
  record.wait(YEAR);
  expect(seenOf(record, "secrets-rotated")).toEqual({ judgedAt: end, verdict: "met" });
  expect(seenOf(record, "database-backup")).toEqual({ judgedAt: end, verdict: "met" });
});
