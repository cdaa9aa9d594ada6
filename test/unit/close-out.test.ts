import { describe, expect, test } from "vitest";
import { grantApproval } from "#lib/domain/approvals.ts";
import { addEvidence } from "#lib/domain/checklist-items.ts";
import { gateBlockers } from "#lib/domain/gates.ts";
import { statusOf } from "#lib/domain/status.ts";
import { laterBy, MINUTE } from "#lib/domain/time.ts";
import { CAST } from "#test/support/people.ts";
import { checked, rejection, TestRecord } from "#test/support/records.ts";

const { engineer, engineeringLead, sre, security, product } = CAST;

describe("at close-out the last approval goes through an open gate alone", () => {
  const looked = (item: string, checker: string, id: string, validUntil: string) =>
    addEvidence(item, id, checked(checker, { summary: "Well.", validUntil }));
  const signature = (record: TestRecord) => {
    const digest = record.digest();
    return { role: "product" as const, digest, contentDigest: digest, proof: "password" as const };
  };
  const last = (record: TestRecord) => grantApproval(product, signature(record), null);
  const signed = () => {
    const record = new TestRecord({ place: "close-out" });
    for (const phase of ["pre-deployment", "final-checks", "deployment"]) record.complete(phase);
    const soon = laterBy(record.now, 60 * MINUTE);
    record.do(engineer, looked("health-checks-green", "http-health", "health", soon));
    record.complete("post-deployment");
    record.do(engineer, looked("status-page-operational", "status-page", "page", laterBy(soon, 60 * MINUTE)));
    record.complete("follow-up");
    record.sign(engineeringLead, "engineering-lead");
    record.sign(sre, "devops-sre");
    record.sign(security, "security");
    return record;
  };

  test("what went stale in the last phase closes it; what an earlier one ended with does not", () => {
    const record = signed();
    record.wait(70);
    expect(gateBlockers(record.deployment, "close-out", record.now, []).map(({ code }) => code)).toEqual([
      "approval-missing",
    ]);
    record.wait(60);
    expect(record.refusal(product, last(record))).toMatchObject({
      code: "gate-closed",
      blockers: [{ code: "requirement-stale", item: "status-page-operational" }],
    });
    expect(statusOf(record.deployment)).toBe("awaiting-sign-off");
    expect(record.try(product, rejection(record, "product", product, "Stale."))).toBeNull();
  });

  test("the last one completes the record", () => {
    const record = signed();
    expect(record.try(product, last(record))).toBeNull();
    expect(statusOf(record.deployment)).toBe("completed");
  });
});
