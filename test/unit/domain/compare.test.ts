import { expect, test } from "vitest";
import { reviewBreakGlass } from "#lib/domain/break-glass.ts";
import { allItems } from "#lib/domain/checklist.ts";
import {
  addEvidence,
  addVerdict,
  checkItem,
  clearItem,
  overruleVerdict,
  waiveItem,
} from "#lib/domain/checklist-items.ts";
import { addComment, deleteComment } from "#lib/domain/comments.ts";
import { COMPARED, differences, type Difference } from "#lib/domain/compare.ts";
import { changeDetails } from "#lib/domain/details.ts";
import { setDue } from "#lib/domain/dues.ts";
import { setLegalHold } from "#lib/domain/legal-hold.ts";
import { assignItems } from "#lib/domain/owners.ts";
import { completePhase, startPhase } from "#lib/domain/phases.ts";
import { triggerRollback } from "#lib/domain/rollback.ts";
import { DEFAULT_SLO_TARGETS } from "#lib/domain/slo.ts";
import { secondInWords } from "#lib/domain/time.ts";
import { CAST } from "#test/support/people.ts";
import { approval, breakGlass, checked, rejection, TestRecord } from "#test/support/records.ts";

const { lead, engineer, engineeringLead, sre, product } = CAST;
type Words = readonly [Difference["part"], string, string | null, string | null];

/** What differs on a record before and after a change, a line each. */
function changed(record: TestRecord, change: (record: TestRecord) => void): readonly Words[] {
  const before = record.deployment;
  change(record);
  return differences(before, record.deployment).map(({ part, title, before: was, after }) => [
    part,
    title,
    was,
    after,
  ]);
}

const ready = () => {
  const record = new TestRecord().toSignOff();
  record.signAll();
  return record;
};
const itemTitle = (record: TestRecord, key: string) =>
  [...record.deployment.checklist.phases, record.deployment.checklist.rollback]
    .flatMap(({ sections }) => sections)
    .flatMap(({ items }) => items)
    .find((item) => item.key === key)?.title ?? "";

test("a record does not differ from itself", () => {
  const { deployment } = ready();
  expect(differences(deployment, deployment)).toEqual([]);
});

test("details differ one by one, links and targets among them", () => {
  const links = [
    { title: "Log", url: "https://log.example" },
    { title: "Plan", url: "https://plan.example" },
  ];
  const record = new TestRecord();
  const to = {
    version: "1.0.1",
    commit: "aaaaaaa",
    environment: "staging",
    deploymentAt: "2026-04-01T08:00:00.000Z",
    deployedBy: { id: sre.id, name: sre.name },
    links,
    slo: { ...DEFAULT_SLO_TARGETS, rtoMinutes: 30 },
  };
  expect(changed(record, () => record.do(lead, changeDetails(to)))).toEqual([
    ["Details", "Version", "1.0.0", "1.0.1"],
    ["Details", "Commit", "3f9c2ab", "aaaaaaa"],
    ["Details", "Environment", "production", "staging"],
    ["Details", "Deployment date", "8 Mar 2026, 09:00 UTC", "1 Apr 2026, 08:00 UTC"],
    ["Details", "Deployed by", "Emil", "Sami"],
    ["Details", "SLO Recovery time (RTO)", "60 min", "30 min"],
    ["Details", "Links", null, "Log (https://log.example), Plan (https://plan.example)"],
  ]);
});

test("a date that moves by seconds differs", () => {
  const record = new TestRecord();
  const { details } = record.deployment;
  const to = { ...details, deploymentAt: "2026-03-08T09:00:01.000Z" };
  expect(changed(record, () => record.do(lead, changeDetails(to)))).toEqual([
    ["Details", "Deployment date", "8 Mar 2026, 09:00 UTC", "2026-03-08T09:00:01.000Z"],
  ]);
});

test("items come, change and go, with whoever settled them and why", () => {
  const record = new TestRecord();
  const title = itemTitle(record, "mtls-enabled");
  expect(changed(record, () => record.do(engineer, checkItem("mtls-enabled")))).toEqual([
    ["Items", title, "open", "ticked by Emil"],
  ]);
  expect(changed(record, () => record.do(lead, waiveItem("mtls-enabled", "One service.", true)))).toEqual([
    ["Items", title, "ticked by Emil", "not applicable, by Lena: One service."],
  ]);
  expect(changed(record, () => record.do(lead, clearItem("mtls-enabled")))).toEqual([
    ["Items", title, "not applicable, by Lena: One service.", "open"],
  ]);
});

test("an item that is not applicable as a matter of course has no reason", () => {
  const record = new TestRecord({ place: "close-out" });
  const place = allItems(record.deployment.checklist).find(({ item }) => item.conditional);
  if (place === undefined) throw new Error("no item is conditional");
  const { phases } = record.deployment.checklist;
  for (const { key } of phases.slice(0, phases.indexOf(place.phase))) record.complete(key);
  expect(changed(record, () => record.do(engineer, waiveItem(place.item.key, null, false)))).toEqual([
    ["Items", place.item.title, "open", "not applicable, by Emil"],
  ]);
});

test("owners and dates stand in one line", () => {
  const record = new TestRecord();
  const [mtls, cdn] = [itemTitle(record, "mtls-enabled"), itemTitle(record, "cdn")];
  const owner = { id: engineer.id, name: engineer.name };
  const by = { id: lead.id, assignsAnybody: true };
  const change = () =>
    record.do(
      lead,
      assignItems(["mtls-enabled"], owner, by),
      setDue(["mtls-enabled", "cdn"], "2026-03-05T08:00:00.000Z"),
    );
  expect(new Set(changed(record, change))).toEqual(
    new Set([
      ["Owners", mtls, null, "Emil, due on 5 Mar 2026, 08:00 UTC"],
      ["Owners", cdn, null, "due on 5 Mar 2026, 08:00 UTC"],
    ]),
  );
  expect(changed(record, () => record.do(lead, setDue(["mtls-enabled"], null)))).toEqual([
    ["Owners", mtls, "Emil, due on 5 Mar 2026, 08:00 UTC", "Emil"],
  ]);
});

test("evidence is told with whoever gave it, and with whoever overruled it", () => {
  const record = new TestRecord();
  const note = { kind: "note", text: "Seen." } as const;
  expect(changed(record, () => record.do(engineer, addEvidence("mtls-enabled", "e", note)))).toEqual([
    ["Evidence", itemTitle(record, "mtls-enabled"), null, "a note, by Emil"],
  ]);
  const failing = checked("lcov", {
    title: "Coverage",
    verdict: "fail",
    summary: "12 %.",
    values: { coverage: 12 },
  });
  record.do(engineer, ...addVerdict(record.deployment, "test-coverage", "v", failing));
  expect(changed(record, () => record.do(lead, overruleVerdict("v", "Generated code.")))).toEqual([
    [
      "Evidence",
      itemTitle(record, "test-coverage"),
      "Coverage: failed, by Emil",
      "Coverage: failed, by Emil; overruled by Lena: Generated code.",
    ],
  ]);
});

test("comments are told where they stand, and as deleted when they are", () => {
  const record = new TestRecord();
  const said = (text: string) => ({ text, mentions: [] });
  const add = () =>
    record.do(sre, addComment("a", "cdn", said("Why?")), addComment("b", null, said("A note.")));
  expect(changed(record, add)).toEqual([
    ["Comments", itemTitle(record, "cdn"), null, "Sami: “Why?”"],
    ["Comments", "On the record", null, "Sami: “A note.”"],
  ]);
  expect(changed(record, () => record.do(lead, deleteComment("a", lead.id, true)))).toEqual([
    ["Comments", itemTitle(record, "cdn"), "Sami: “Why?”", "deleted by Lena"],
  ]);
});

test("approvals are told by role and round, with what was said and why they are void", () => {
  const record = new TestRecord().toSignOff();
  const sign = () => record.do(engineeringLead, approval(record, "engineering-lead", engineeringLead));
  expect(changed(record, sign)).toEqual([
    ["Approvals", "Engineering Lead, round 1", null, "approved by Gita"],
  ]);
  expect(changed(record, () => record.do(lead, changeDetails({ version: "2.0.0" })))).toEqual([
    ["Details", "Version", "1.0.0", "2.0.0"],
    [
      "Approvals",
      "Engineering Lead, round 1",
      "approved by Gita",
      "approved by Gita; void: The signed content changed.",
    ],
  ]);
  sign();
  const reject = () => record.do(sre, rejection(record, "devops-sre", sre, "No capacity."));
  expect(changed(record, reject)).toEqual([
    ["Record", "State", "Awaiting sign-off", "Rejected"],
    ["Approvals", "DevOps/SRE, round 2", null, "rejected by Sami: “No capacity.”"],
  ]);
});

test("phases begin and end, and the clock starts at T-0", () => {
  const record = ready();
  expect(changed(record, () => record.do(engineer, startPhase("deployment")))).toEqual([
    ["Record", "State", "Go: ready for T-0", "In progress"],
    ["Record", "T-0", null, secondInWords(record.now)],
    ["Phases", "Deployment", null, "begun by Emil"],
  ]);
  record.settleAll("deployment");
  expect(changed(record, () => record.do(engineer, completePhase("deployment")))).toEqual([
    ["Phases", "Deployment", "begun by Emil", "completed by Emil"],
    ["Phases", "Post-deployment", null, "begun by Emil"],
  ]);
  expect(changed(record, () => record.do(engineer, triggerRollback("Errors.")))).toEqual([
    ["Record", "State", "In progress", "Rolling back"],
    ["Record", "Rollback", null, "Emil: Errors."],
  ]);
  expect(changed(record, () => record.do(lead, setLegalHold("A claim.")))).toEqual([
    ["Record", "Legal hold", null, "Lena: A claim."],
  ]);
});

test("broken glass is told with all that became of it", () => {
  const record = new TestRecord().toSignOff();
  const title = "Break glass before Deployment";
  const state = (words: string) => ["Record", title, expect.anything(), words];
  const broken = changed(record, () => breakGlass(record, "deployment", sre, "devops-sre"));
  expect(broken).toEqual([["Record", title, null, "The site is down.; confirmed"]]);
  expect(changed(record, () => record.do(engineer, startPhase("deployment")))).toContainEqual(
    state("The site is down.; confirmed; used"),
  );
  const request = record.deployment.breakGlass[0]?.request ?? 0;
  const review = { conclusion: "justified" as const, finding: "An outage." };
  expect(changed(record, () => record.do(product, reviewBreakGlass(product, request, review)))).toEqual([
    state("The site is down.; confirmed; used; justified"),
  ]);
});

test("parts come in one order", () => {
  const parts = differences(new TestRecord().deployment, ready().deployment).map(({ part }) => part);
  expect(parts.map((part) => COMPARED.indexOf(part))).toEqual(
    parts.map((part) => COMPARED.indexOf(part)).toSorted((a, b) => a - b),
  );
});
