import { describe, expect, test } from "vitest";
import type { Actor } from "#lib/domain/actor.ts";
import { answerRejection, grantApproval, rejectApproval, whyNotSign } from "#lib/domain/approvals.ts";
import { startPhase } from "#lib/domain/phases.ts";
import { cancelDeployment, triggerRollback } from "#lib/domain/rollback.ts";
import type { ApproverRole } from "#lib/domain/roles.ts";
import type { SignOffStep } from "#lib/domain/template.ts";
import { CAST, person } from "#test/support/people.ts";
import { approval, breakGlass, mandateFrom, TestRecord } from "#test/support/records.ts";

const { lead, engineer, engineeringLead, sre, security, product } = CAST;
const selma = person("Selma", "security");

/** Engineering Lead, then two of Security together with DevOps/SRE, then Product. */
const STEPS: readonly SignOffStep[] = [
  { role: "engineering-lead", title: "Engineering Lead" },
  { role: "security", title: "Security", quorum: 2 },
  { role: "devops-sre", title: "DevOps/SRE", withPrevious: true },
  { role: "product", title: "Product" },
];
const atSignOff = () => new TestRecord({ steps: STEPS }).toSignOff();
const signing = (record: TestRecord, signer: Actor, role: ApproverRole) =>
  record.refusal(signer, approval(record, role, signer));
const signed = () => {
  const record = atSignOff();
  record.sign(engineeringLead, "engineering-lead");
  return record;
};
const reject = (record: TestRecord, signer: Actor, role: ApproverRole, digest = record.digest()) =>
  rejectApproval(signer, { role, digest, contentDigest: record.digest(), proof: "password" }, "No capacity.");
const rejected = () => {
  const record = signed();
  record.do(sre, reject(record, sre, "devops-sre"));
  return record;
};

describe("whoever may not sign is told why", () => {
  test("signing begins when the phases before the gate are complete, and the first that is not is named", () => {
    const record = new TestRecord();
    const refusal = (title: string, phase: string) => ({
      code: "sign-off-not-open",
      message: "Signing begins when every phase before the gate is complete",
      blockers: [{ code: "phase-incomplete", message: `${title} is not complete`, phase }],
    });
    const first = refusal("Pre-deployment", "pre-deployment");
    expect(signing(record, engineeringLead, "engineering-lead")).toEqual(first);
    record.complete("pre-deployment");
    const second = refusal("Final checks", "final-checks");
    expect(signing(record, engineeringLead, "engineering-lead")).toEqual(second);
  });

  test("the same where glass was broken over that very phase, which opens the gate and no signature", () => {
    const record = new TestRecord();
    record.complete("pre-deployment");
    breakGlass(record, "deployment", security, "security");
    expect(signing(record, engineeringLead, "engineering-lead")).toMatchObject({
      code: "sign-off-not-open",
      blockers: [{ code: "phase-incomplete", phase: "final-checks" }],
    });
  });

  test("at close-out every phase comes before", () => {
    const record = new TestRecord({ place: "close-out" }).toSignOff();
    expect(signing(record, engineeringLead, "engineering-lead")).toMatchObject({
      code: "sign-off-not-open",
      blockers: [{ code: "phase-incomplete", phase: "deployment" }],
    });
  });

  test("the roles before are named, all of a stage", () => {
    expect(signing(atSignOff(), sre, "devops-sre")).toEqual({
      code: "not-your-turn",
      message: "DevOps/SRE signs after Engineering Lead",
    });
    expect(signing(signed(), product, "product")).toEqual({
      code: "not-your-turn",
      message: "Product signs after Security and DevOps/SRE",
    });
  });

  test("a role has approved, or has its quorum", () => {
    const record = signed();
    const nadia = person("Nadia", "engineering-lead");
    expect(signing(record, nadia, "engineering-lead")).toEqual({
      code: "already-signed",
      message: "Engineering Lead has already approved",
    });
    record.sign(security, "security");
    record.sign(selma, "security");
    expect(signing(record, person("Sven", "security"), "security")).toEqual({
      code: "already-signed",
      message: "Security has its 2 approvals already",
    });
  });

  test("one's own earlier signature, or that of whom one stands in for", () => {
    const record = signed();
    record.sign(security, "security");
    const message = (signer: Actor, role: ApproverRole, mandate = mandateFrom(signer, signer, role)) =>
      record.refusal(signer, approval(record, role, signer, mandate.from === mandate.to ? null : mandate));
    const both = { ...engineeringLead, grants: [...engineeringLead.grants, ...sre.grants] };
    expect(signing(record, security, "security").message).toBe("You have signed as this role already");
    expect(message(selma, "security", mandateFrom(security, selma, "security")).message).toBe(
      "You or Sofia have signed as this role already",
    );
    expect(signing(record, both, "devops-sre").message).toBe(
      "You have signed this deployment already; no person signs twice",
    );
    expect(
      message(engineeringLead, "devops-sre", mandateFrom(sre, engineeringLead, "devops-sre")).message,
    ).toBe("You have signed this deployment already; no person signs twice");
    expect(message(sre, "security", mandateFrom(engineeringLead, sre, "security")).message).toBe(
      "Gita has signed this deployment already; nobody signs for them besides",
    );
  });

  test("the duties of whom one stands in for bind as one's own", () => {
    const record = atSignOff();
    const other = person("Nora", "engineer");
    const standIn = (from: Actor, to: Actor) =>
      record.refusal(to, approval(record, "engineering-lead", to, mandateFrom(from, to, "engineering-lead")));
    const duties = (message: string) => ({ code: "separation-of-duties", message });
    expect(standIn(lead, other)).toEqual(duties("Lena opened this deployment, so somebody else signs it"));
    expect(standIn(engineer, other)).toEqual(duties("Emil is named as deployer, so somebody else signs it"));
    expect(standIn(engineeringLead, lead)).toEqual(
      duties("You opened this deployment, so somebody else signs it"),
    );
    expect(standIn(engineeringLead, engineer)).toEqual(
      duties("You are named as deployer, so somebody else signs it"),
    );
  });

  test("a role that one does not hold, a stand-in whose time is over, a token, and a role that nobody asks for", () => {
    const record = new TestRecord({ steps: STEPS.slice(0, 2) }).toSignOff();
    expect(signing(record, sre, "security")).toEqual({
      code: "forbidden",
      message: "Only someone who holds the role Security may sign here",
    });
    const over = { ...mandateFrom(security, selma, "security"), endsAt: record.now };
    expect(record.refusal(selma, approval(record, "security", selma, over))).toEqual({
      code: "delegation-ended",
      message: "You no longer stand in for Sofia here",
    });
    const token = { id: "t", name: "ci", scopes: ["write" as const] };
    const pipeline: Actor = { ...engineeringLead, kind: "token", token };
    expect(signing(record, pipeline, "engineering-lead").code).toBe("forbidden");
    expect(signing(record, product, "product")).toEqual({
      code: "not-found",
      message: "This sign-off has no such role",
    });
  });

  test("content that is another by now", () => {
    const record = atSignOff();
    expect(
      record.refusal(engineeringLead, reject(record, engineeringLead, "engineering-lead", "another")),
    ).toEqual({
      code: "content-changed",
      message: "The content changed since you looked at it; look again, then sign",
    });
  });

  test("a record that has ended, is rolled back, or is past its gate", () => {
    const ended = signed();
    ended.do(lead, cancelDeployment("Another day."));
    expect(signing(ended, sre, "devops-sre")).toEqual({
      code: "deployment-ended",
      message: "The deployment is cancelled; nothing changes any more",
    });
    const begun = signed();
    breakGlass(begun, "deployment", security, "security");
    begun.do(engineer, startPhase("deployment"));
    const passed = {
      code: "sign-off-closed",
      message: "The gate has been passed; nothing is signed any more",
    };
    expect(signing(begun, sre, "devops-sre")).toEqual(passed);
    expect(whyNotSign(begun.deployment, sre, "devops-sre", begun.now, null)).toMatchObject(passed);
    begun.do(engineer, triggerRollback("Errors."));
    expect(signing(begun, sre, "devops-sre")).toEqual({
      code: "rollback-running",
      message: "A rollback is running; the other phases are frozen",
    });
  });
});

describe("a rejection and its answer", () => {
  test("nobody signs while it stands, and the gate names who rejected and why", () => {
    const record = rejected();
    expect(signing(record, security, "security")).toEqual({
      code: "sign-off-rejected",
      message: "A rejection stands; a team lead answers it first",
    });
    expect(record.refusal(engineer, startPhase("deployment"))).toMatchObject({
      blockers: [{ code: "sign-off-rejected", message: "Sami rejected: No capacity.", role: "devops-sre" }],
    });
  });

  test("it says what it means, and the answer names its round", () => {
    const record = rejected();
    expect(record.deployment.approvals.at(-1)).toMatchObject({
      decision: "rejected",
      meaning: "I reject this deployment as DevOps/SRE.",
      comment: "No capacity.",
    });
    record.do(lead, answerRejection("Scaled up.", 1));
    expect(record.events.at(-1)).toMatchObject({ data: { round: 1, answer: "Scaled up." } });
    const voided = { at: record.now, cause: "A rejection was answered; the sign-off starts over." };
    expect(record.deployment.approvals).toMatchObject([{ voided }, { voided }]);
    expect(record.deployment.rejectionAnswers).toEqual([
      { round: 1, answer: "Scaled up.", answered: { at: record.now, by: { id: lead.id, name: "Lena" } } },
    ]);
  });

  test("there is nothing to answer where nobody rejected, nor after the end, nor behind the gate", () => {
    expect(signed().refusal(lead, answerRejection("What?", 1))).toEqual({
      code: "not-rejected",
      message: "There is no rejection to answer",
    });
    const ended = rejected();
    ended.do(lead, cancelDeployment("Another day."));
    expect(ended.try(lead, answerRejection("Late.", 1))).toBe("deployment-ended");
    const begun = rejected();
    breakGlass(begun, "deployment", security, "security");
    begun.do(engineer, startPhase("deployment"));
    expect(begun.try(lead, answerRejection("Late.", 1))).toBe("sign-off-closed");
  });
});

test("an approval says what it means as its own role, and keeps a passkey's answer where there is one", () => {
  const record = signed();
  record.sign(security, "security");
  expect(record.events.at(-1)?.data).toEqual({
    round: 1,
    role: "security",
    roleTitle: "Security",
    meaning: "I approve this deployment as Security.",
    digest: record.digest(),
    proof: "password",
    comment: null,
  });
  const bytes = { nonce: "", clientData: "", authenticatorData: "", signature: "", publicKey: "" };
  const assertion = { passkey: "k", name: "Blue", ...bytes };
  const [digest, contentDigest] = [record.digest(), record.digest()];
  const signature = {
    role: "devops-sre" as const,
    digest,
    contentDigest,
    proof: "passkey" as const,
    assertion,
  };
  record.do(sre, grantApproval(sre, signature, "Fine."));
  expect(record.events.at(-1)?.data).toMatchObject({ assertion, comment: "Fine.", roleTitle: "DevOps/SRE" });
});
