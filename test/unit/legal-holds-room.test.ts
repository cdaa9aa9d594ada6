import { expect, test } from "vitest";
import { decideChange } from "#lib/domain/change.ts";
import { liftLegalHold, setLegalHold } from "#lib/domain/legal-hold.ts";
import { refuseOverweight } from "#lib/db/record-weight.ts";
import { CAST } from "#test/support/people.ts";
import { TestRecord } from "#test/support/records.ts";

const MIB = 1024 ** 2;

test("holds set again and again leave room to take the record out, and one that stands is always lifted", () => {
  const record = new TestRecord();
  const refusal = (bytes: number, change: ReturnType<typeof setLegalHold>) => {
    const decided = decideChange(record.deployment, [change], CAST.lead, record.now, []);
    expect(decided.events).toHaveLength(1);
    try {
      refuseOverweight({ events: record.deployment.revision, bytes, contents: 0 }, decided, CAST.lead);
      return null;
    } catch (error) {
      return error;
    }
  };
  expect(refusal(25 * MIB, setLegalHold("A claim."))).toBeNull();
  expect(refusal(28 * MIB, setLegalHold("A claim."))).toMatchObject({ code: "record-full" });
  record.do(CAST.lead, setLegalHold("A claim."));
  expect(refusal(28 * MIB, liftLegalHold("Settled."))).toBeNull();
});
