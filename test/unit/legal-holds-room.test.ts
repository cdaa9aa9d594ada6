import { expect, test } from "vitest";
import { decideChange, type Decide } from "#lib/domain/change.ts";
import { addComment } from "#lib/domain/comments.ts";
import { liftLegalHold, setLegalHold } from "#lib/domain/legal-hold.ts";
import { triggerRollback } from "#lib/domain/rollback.ts";
import { refuseOverweight } from "#lib/db/record-weight.ts";
import { CAST } from "#test/support/people.ts";
import { TestRecord } from "#test/support/records.ts";

const MIB = 1024 ** 2;

/** What a change is refused with, to a record whose history has so many bytes; two of its manifest each. */
function refusal(record: TestRecord, bytes: number, change: Decide): unknown {
  const decided = decideChange(record.deployment, [change], CAST.lead, record.now, []);
  expect(decided.events).toHaveLength(1);
  try {
    refuseOverweight({ events: record.deployment.revision, bytes, contents: 0 }, decided, CAST.lead);
    return null;
  } catch (error) {
    return error;
  }
}

test("holds set again and again leave room to take the record out, and one that stands is always lifted", () => {
  const record = new TestRecord();
  expect(refusal(record, 28 * MIB, setLegalHold("A claim."))).toBeNull();
  expect(refusal(record, 31 * MIB, setLegalHold("A claim."))).toMatchObject({ code: "record-full" });
  record.do(CAST.lead, setLegalHold("A claim."));
  expect(refusal(record, 31 * MIB, liftLegalHold("Settled."))).toBeNull();
});

test("a record that a rollback's work has filled is held nevertheless", () => {
  const record = new TestRecord().toDeployment();
  record.do(CAST.engineer, triggerRollback("502s"));
  const work = addComment("c1", null, { text: "Still 502s.", mentions: [] });
  expect(refusal(record, 26 * MIB, work)).toBeNull();
  expect(refusal(record, 28 * MIB, work)).toMatchObject({ code: "record-full" });
  expect(refusal(record, 28 * MIB, setLegalHold("A claim."))).toBeNull();
});
