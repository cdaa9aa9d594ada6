import { expect, test } from "vitest";
import { reopenPhase } from "#lib/domain/phases.ts";
import { viewDeployment } from "#lib/queries/view-deployment.ts";
import { reopeningInWords } from "#components/deployment/reopening-in-words.ts";
import { CAST } from "#test/support/people.ts";
import { NOTHING_AROUND, TestRecord } from "#test/support/records.ts";

function wordsOf(record: TestRecord, phaseKey: string): string {
  const view = viewDeployment(record.deployment, NOTHING_AROUND, CAST.lead, record.now);
  const phase = view.phases.find(({ key }) => key === phaseKey);
  if (phase === undefined) throw new Error(`no phase ${phaseKey}`);
  return reopeningInWords(view, phase);
}

/** What reopening the phase did: how many approvals fell, how many ticks. */
function lostBy(record: TestRecord, phaseKey: string): { approvals: number; ticks: number } {
  const standing = () => record.deployment.approvals.filter(({ voided }) => voided === null).length;
  const settled = () =>
    Object.values(record.deployment.items).filter(({ status }) => status !== "open").length;
  const before = { approvals: standing(), ticks: settled() };
  record.do(CAST.lead, reopenPhase(phaseKey, "Again."));
  return { approvals: before.approvals - standing(), ticks: before.ticks - settled() };
}

test("before T-0 it says how many approvals are void, and that what was ticked since T-0 is taken back", () => {
  const record = new TestRecord().toDeployment();
  record.complete("deployment");
  expect(wordsOf(record, "final-checks")).toBe(
    "Later phases lock again, and all 4 approvals are void. What was ticked since T-0 is taken back; other ticks stay. The history keeps everything.",
  );
  const { approvals, ticks } = lostBy(record, "final-checks");
  expect(approvals).toBe(4);
  expect(ticks).toBeGreaterThan(0);
});

test("from T-0 on it threatens neither approvals nor ticks, which stay", () => {
  const record = new TestRecord().toDeployment();
  record.complete("deployment");
  expect(wordsOf(record, "deployment")).toBe(
    "Later phases lock again. Ticks and approvals stay. The history keeps everything.",
  );
  expect(lostBy(record, "deployment")).toEqual({ approvals: 0, ticks: 0 });
});

test("where nobody has signed it does not speak of approvals", () => {
  const record = new TestRecord();
  record.complete("pre-deployment");
  expect(wordsOf(record, "pre-deployment")).toBe(
    "Later phases lock again. Ticks stay. The history keeps everything.",
  );
});
