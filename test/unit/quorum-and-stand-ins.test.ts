import { describe, expect, test } from "vitest";
import { gateBlockers } from "#lib/domain/gates.ts";
import { awaitedSteps, stagesOf } from "#lib/domain/sign-off.ts";
import { awaitedRoles, statusOf } from "#lib/domain/status.ts";
import type { SignOffStep } from "#lib/domain/template.ts";
import { DAY, laterBy } from "#lib/domain/time.ts";
import { CAST, person } from "#test/support/people.ts";
import { approval, mandateFrom, rejection, START, TestRecord } from "#test/support/records.ts";

const { lead, engineer, engineeringLead, sre, security, product } = CAST;
const security2 = person("Selma", "security");
const security3 = person("Sven", "security");

/** Engineering Lead, then two of Security together with DevOps/SRE, then Product. */
const STEPS: readonly SignOffStep[] = [
  { role: "engineering-lead", title: "Engineering Lead" },
  { role: "security", title: "Security", quorum: 2 },
  { role: "devops-sre", title: "DevOps/SRE", withPrevious: true },
  { role: "product", title: "Product" },
];

function atSignOff(options: ConstructorParameters<typeof TestRecord>[0] = {}): TestRecord {
  return new TestRecord({ steps: STEPS, ...options }).toSignOff();
}

describe("quorum and parallel steps", () => {
  const refusal = (record: TestRecord, signer: typeof lead, role: Parameters<typeof approval>[1]) =>
    record.try(signer, approval(record, role, signer));

  test("stages are told from the steps", () => {
    expect(stagesOf(STEPS).map((stage) => stage.map(({ role }) => role))).toEqual([
      ["engineering-lead"],
      ["security", "devops-sre"],
      ["product"],
    ]);
    expect(stagesOf([{ role: "product", title: "Product", withPrevious: true }])).toHaveLength(1);
  });

  test("a stage opens when the one before has its quorum, and is signed in any order", () => {
    const record = atSignOff();
    expect(awaitedRoles(record.deployment)).toEqual(["engineering-lead"]);
    expect(refusal(record, sre, "devops-sre")).toBe("not-your-turn");
    record.sign(engineeringLead, "engineering-lead");
    expect(awaitedRoles(record.deployment)).toEqual(["security", "devops-sre"]);
    record.sign(sre, "devops-sre");
    record.sign(security, "security");
    expect(awaitedSteps(record.deployment).map(({ role }) => role)).toEqual(["security"]);
    expect(refusal(record, product, "product")).toBe("not-your-turn");
    record.sign(security2, "security");
    expect(refusal(record, product, "product")).toBeNull();
    expect(statusOf(record.deployment)).toBe("ready");
  });

  test("the gate says how many are missing", () => {
    const record = atSignOff();
    record.sign(engineeringLead, "engineering-lead");
    record.sign(security, "security");
    expect(
      gateBlockers(record.deployment, "deployment", record.now, record.freezes).map(({ message }) => message),
    ).toEqual(["Security: 1 of 2 approved", "DevOps/SRE has not approved", "Product has not approved"]);
  });

  test("one person counts once, and a full quorum takes no more", () => {
    const record = atSignOff();
    record.sign(engineeringLead, "engineering-lead");
    record.sign(security, "security");
    expect(refusal(record, security, "security")).toBe("already-signed");
    record.sign(security2, "security");
    expect(refusal(record, security3, "security")).toBe("already-signed");
  });

  test("not even where one person may hold several roles", () => {
    const record = atSignOff({ relaxations: { mayHoldSeveralRoles: true } });
    const several = { ...security, grants: [...security.grants, ...sre.grants] };
    record.sign(engineeringLead, "engineering-lead");
    record.sign(several, "security");
    expect(refusal(record, several, "security")).toBe("already-signed");
    expect(refusal(record, several, "devops-sre")).toBeNull();
  });

  test("a rejection by the second voids the first and starts over", () => {
    const record = atSignOff();
    record.sign(engineeringLead, "engineering-lead");
    record.sign(security, "security");
    expect(record.try(security, rejection(record, "security", security, "No."))).toBe("already-signed");
    expect(record.try(security2, rejection(record, "security", security2, "No."))).toBeNull();
    expect(refusal(record, security3, "security")).toBe("sign-off-rejected");
    expect(statusOf(record.deployment)).toBe("rejected");
  });

  test("at close-out the last of a quorum completes the record", () => {
    const steps = [{ role: "security" as const, title: "Security", quorum: 2 }];
    const record = new TestRecord({ place: "close-out", steps });
    for (const { key } of record.deployment.checklist.phases) record.complete(key);
    record.sign(security, "security");
    expect(statusOf(record.deployment)).toBe("awaiting-sign-off");
    record.sign(security2, "security");
    expect(statusOf(record.deployment)).toBe("completed");
  });
});

describe("a stand-in", () => {
  const alone = [{ role: "security" as const, title: "Security", quorum: 2 }];
  const other = person("Nora", "engineer");
  const forSecurity = mandateFrom(security, other, "security");
  const refusal = (record: TestRecord, signer: typeof lead, mandate: typeof forSecurity) =>
    record.try(signer, approval(record, "security", signer, mandate));

  test("signs for the approver, and the approval says so", () => {
    const record = atSignOff({ steps: alone });
    expect(refusal(record, other, forSecurity)).toBeNull();
    expect(record.deployment.approvals[0]).toMatchObject({
      meaning: "I approve this deployment as Security for Sofia.",
      signed: { by: { id: other.id } },
      standsInFor: { id: security.id, delegation: forSecurity.delegation },
    });
  });

  test("only within the span, for the role, the team and the person named", () => {
    const record = atSignOff({
      steps: [...alone, { role: "product", title: "Product", withPrevious: true }],
    });
    const ended = { ...forSecurity, endsAt: record.now };
    const later = { ...forSecurity, startsAt: laterBy(START, 20 * DAY) };
    expect(refusal(record, other, ended)).toBe("delegation-ended");
    expect(refusal(record, other, later)).toBe("delegation-ended");
    expect(refusal(record, other, { ...forSecurity, teamId: "another" })).toBe("delegation-ended");
    expect(refusal(record, person("Nobody", "engineer"), forSecurity)).toBe("delegation-ended");
    expect(record.try(other, approval(record, "product", other, forSecurity))).toBe("delegation-ended");
    expect(refusal(record, other, { ...forSecurity, teamId: null })).toBeNull();
  });

  test("neither of the two may be opener or deployer", () => {
    const record = atSignOff({ steps: alone });
    expect(refusal(record, engineer, mandateFrom(security, engineer, "security"))).toBe(
      "separation-of-duties",
    );
    expect(refusal(record, lead, mandateFrom(security, lead, "security"))).toBe("separation-of-duties");
    expect(refusal(record, other, mandateFrom(lead, other, "security"))).toBe("separation-of-duties");
    const relaxed = atSignOff({ steps: alone, relaxations: { deployerMaySign: true } });
    expect(refusal(relaxed, engineer, mandateFrom(security, engineer, "security"))).toBeNull();
  });

  test("one voice a person: neither may have signed, in person or through another", () => {
    const record = atSignOff({ steps: alone });
    record.do(other, approval(record, "security", other, forSecurity));
    expect(record.try(security, approval(record, "security", security))).toBe("already-signed");
    expect(refusal(record, other, mandateFrom(security2, other, "security"))).toBe("already-signed");
    expect(refusal(record, security2, mandateFrom(security, security2, "security"))).toBe("already-signed");
    expect(record.try(security2, approval(record, "security", security2))).toBeNull();
  });

  test("nor for another role", () => {
    const record = atSignOff();
    record.sign(engineeringLead, "engineering-lead");
    const forSre = mandateFrom(sre, engineeringLead, "devops-sre");
    expect(record.try(engineeringLead, approval(record, "devops-sre", engineeringLead, forSre))).toBe(
      "separation-of-duties",
    );
    const forSecurityBySre = mandateFrom(engineeringLead, sre, "security");
    expect(refusal(record, sre, forSecurityBySre)).toBe("separation-of-duties");
  });
});
