import { expect, test } from "vitest";
import type { Actor } from "#lib/domain/actor.ts";
import { answerRejection } from "#lib/domain/approvals.ts";
import {
  confirmBreakGlass,
  nextGate,
  requestBreakGlass,
  reviewBreakGlass,
  withdrawBreakGlass,
} from "#lib/domain/break-glass.ts";
import { changeDetails } from "#lib/domain/details.ts";
import { reopenPhase, startPhase } from "#lib/domain/phases.ts";
import { cancelDeployment, triggerRollback } from "#lib/domain/rollback.ts";
import { CAST, person } from "#test/support/people.ts";
import { breakGlass, confirmation, rejection, TestRecord } from "#test/support/records.ts";

const { lead, engineer, engineeringLead, sre, security, product } = CAST;
const asked = (phase = "deployment") => requestBreakGlass(phase, "The site is down.", []);
const requested = () => {
  const record = new TestRecord().toSignOff();
  record.do(lead, asked());
  return record;
};
const requestOf = (record: TestRecord) => record.deployment.breakGlass.at(-1)?.request ?? 0;
const review = (actor: Actor, request: number) =>
  reviewBreakGlass(actor, request, { conclusion: "justified", finding: "An outage." });

test("whoever asks in vain is told why", () => {
  const record = new TestRecord();
  expect(record.refusal(lead, asked("deployment"))).toEqual({
    code: "gate-not-next",
    message: "Break glass opens the next gate, and no phase is skipped",
  });
  record.toSignOff();
  record.do(lead, asked());
  expect(record.refusal(lead, asked())).toEqual({
    code: "break-glass-pending",
    message: "There is a request for this gate already",
  });
  const ready = new TestRecord().toSignOff();
  ready.signAll();
  expect(ready.refusal(lead, asked())).toEqual({
    code: "gate-open",
    message: "The gate before Deployment is open",
  });
  record.do(lead, cancelDeployment("Another day."));
  expect(record.try(lead, asked())).toBe("deployment-ended");
});

test("what a live check saw blocks besides, and is overridden with the rest", () => {
  const seen = { code: "check-failed" as const, message: "“TLS” fails", item: "tls", phase: "deployment" };
  const ready = new TestRecord().toSignOff();
  ready.signAll();
  ready.do(lead, requestBreakGlass("deployment", "The site is down.", [seen]));
  expect(ready.events.at(-1)?.data).toEqual({
    phase: "deployment",
    title: "Deployment",
    reason: "The site is down.",
    blockers: [seen],
  });
  const signature = { request: requestOf(ready), role: "devops-sre" as const, proof: "password" as const };
  ready.do(sre, confirmBreakGlass(sre, { ...signature, digest: "d", currentDigest: "d" }, [seen]));
  expect(ready.events.at(-1)?.data).toEqual({
    ...signature,
    phase: "deployment",
    title: "Deployment",
    roleTitle: "DevOps/SRE",
    meaning: "I confirm as DevOps/SRE that Deployment begins although this gate is closed.",
    digest: "d",
    blockers: [seen],
  });
});

test("a confirmation keeps a passkey's answer where there is one", () => {
  const record = requested();
  const bytes = { nonce: "", clientData: "", authenticatorData: "", signature: "", publicKey: "" };
  const assertion = { passkey: "k", name: "Blue", ...bytes };
  const signature = {
    request: requestOf(record),
    role: "devops-sre" as const,
    digest: "d",
    currentDigest: "d",
    proof: "passkey" as const,
    assertion,
  };
  record.do(sre, confirmBreakGlass(sre, signature, []));
  expect(record.events.at(-1)?.data).toMatchObject({ assertion, proof: "passkey" });
});

test("whoever may not confirm is told why", () => {
  const record = requested();
  const refused = (actor: Actor & { kind: "person" | "token" }, digest?: string) =>
    record.refusal(actor, confirmation(record, actor, "devops-sre", digest));
  expect(refused(security)).toEqual({
    code: "forbidden",
    message: "Only someone who holds the role DevOps/SRE confirms as such",
  });
  expect(refused({ ...sre, kind: "token", token: { id: "t", name: "ci", scopes: ["write"] } }).code).toBe(
    "forbidden",
  );
  expect(refused({ ...lead, grants: sre.grants })).toEqual({
    code: "separation-of-duties",
    message: "You asked for it, so somebody else confirms it",
  });
  expect(refused(sre, "another")).toEqual({
    code: "content-changed",
    message: "Something changed since you looked; look again, then confirm",
  });
  record.do(sre, confirmation(record, sre, "devops-sre"));
  expect(record.refusal(product, confirmation(record, product, "product"))).toEqual({
    code: "already-signed",
    message: "Sami has confirmed already",
  });
  record.do(lead, withdrawBreakGlass(requestOf(record)));
  expect(record.refusal(product, confirmation(record, product, "product"))).toEqual({
    code: "break-glass-over",
    message: "This request is no longer open",
  });
  record.do(lead, cancelDeployment("Another day."));
  expect(record.try(product, confirmation(record, product, "product"))).toBe("deployment-ended");
});

test("whoever may not review is told why, and a review is of one request", () => {
  const record = requested();
  const first = requestOf(record);
  const notReviewable = (message: string) => ({ code: "not-reviewable", message });
  expect(record.refusal(product, review(product, 0))).toEqual({
    code: "not-found",
    message: "There is no such request",
  });
  expect(record.refusal(product, review(product, first))).toEqual(notReviewable("Nobody broke the glass"));
  record.do(lead, withdrawBreakGlass(first));
  breakGlass(record, "deployment", sre, "devops-sre");
  const second = requestOf(record);
  expect(record.refusal(product, review(product, second))).toEqual(
    notReviewable("The review comes after the phase has begun"),
  );
  record.do(engineer, startPhase("deployment"));
  for (const who of [lead, sre, engineer])
    expect(record.refusal(who, review(who, second))).toEqual({
      code: "separation-of-duties",
      message: "You took part in it, so somebody else reviews it",
    });
  record.do(product, review(product, second));
  expect(record.deployment.breakGlass).toMatchObject([
    { review: null },
    { review: { finding: "An outage." } },
  ]);
  expect(record.refusal(security, review(security, second))).toEqual({
    code: "already-reviewed",
    message: "Paul has reviewed it already",
  });
});

test("glass that was broken and taken back is reviewed too", () => {
  const record = new TestRecord().toSignOff();
  breakGlass(record, "deployment", sre, "devops-sre");
  record.do(lead, withdrawBreakGlass(requestOf(record)));
  expect(record.try(product, review(product, requestOf(record)))).toBeNull();
  expect(record.try(person("Lars", "team-lead"), asked())).toBeNull();
});

test("the next gate is before the phase that waits, else after the open one; none at the end", () => {
  const record = new TestRecord();
  expect(nextGate(record.deployment)?.key).toBe("final-checks");
  record.toSignOff();
  expect(nextGate(record.deployment)?.key).toBe("deployment");
  record.signAll();
  for (const phase of ["deployment", "post-deployment"]) record.complete(phase);
  expect(nextGate(record.deployment)).toBeUndefined();
  record.complete("follow-up");
  expect(nextGate(record.deployment)).toBeUndefined();
});

const rejected = (record: TestRecord) =>
  rejection(record, "engineering-lead", engineeringLead, "It is unsafe.");

test.each<[string, (record: TestRecord) => void]>([
  ["The record ended.", (record) => record.do(lead, cancelDeployment("Another day."))],
  [
    "The record moved to another phase.",
    (record) => record.do(lead, reopenPhase("final-checks", "Once more.")),
  ],
  ["The details changed.", (record) => record.do(lead, changeDetails({ version: "2.0.0" }))],
  ["Somebody rejected.", (record) => record.do(engineeringLead, rejected(record))],
])("a request lapses, and says why: %s", (cause, move) => {
  const record = requested();
  move(record);
  expect(record.deployment.breakGlass).toMatchObject([{ closed: { at: record.now, cause } }]);
});

test("a rejection's answer begins the sign-off anew, and a rollback ends what was asked", () => {
  const record = new TestRecord().toSignOff();
  record.do(engineeringLead, rejected(record));
  record.do(lead, asked());
  record.do(lead, answerRejection("Mended.", 1));
  expect(record.deployment.breakGlass[0]?.closed?.cause).toBe("The sign-off began anew.");
  record.signAll();
  record.do(engineer, startPhase("deployment"));
  record.do(lead, asked("post-deployment"));
  record.do(engineer, triggerRollback("Errors."));
  expect(record.deployment.breakGlass[1]?.closed?.cause).toBe("The rollback was triggered.");
});

test("a request stands while nothing moves that it was made for", () => {
  const record = requested();
  record.sign(engineeringLead, "engineering-lead");
  record.do(lead, changeDetails({ version: "1.0.0" }));
  expect(record.deployment.breakGlass).toMatchObject([{ closed: null }]);
});
