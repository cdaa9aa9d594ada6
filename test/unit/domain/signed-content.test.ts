import { expect, test } from "vitest";
import { addEvidence, checkItem, clearItem, waiveItem } from "#lib/domain/checklist-items.ts";
import { addComment } from "#lib/domain/comments.ts";
import { changeDetails } from "#lib/domain/details.ts";
import { setDue } from "#lib/domain/dues.ts";
import { setLegalHold } from "#lib/domain/legal-hold.ts";
import { assignItems } from "#lib/domain/owners.ts";
import { reviewBreakGlass } from "#lib/domain/break-glass.ts";
import { startPhase } from "#lib/domain/phases.ts";
import { signedContent } from "#lib/domain/signed-content.ts";
import { DEFAULT_SLO_TARGETS } from "#lib/domain/slo.ts";
import { CAST } from "#test/support/people.ts";
import { breakGlass, TestRecord } from "#test/support/records.ts";

const { lead, engineer, engineeringLead, sre, product } = CAST;
const note = { kind: "note", text: "Seen." } as const;
const by = ({ id, name }: typeof lead) => ({ id, name });

test("it is the metadata and the whole checklist, item by item with its state and evidence", () => {
  const record = new TestRecord({ targets: ["kubernetes"] });
  record.do(engineer, checkItem("mtls-enabled"), addEvidence("cdn", "e", note));
  const { deployment } = record;
  const { details, service, checklist } = deployment;
  const content = signedContent(deployment);
  expect(content).toMatchObject({
    format: "countersign/signed-content/1",
    deployment: { id: "record", service, predecessorId: null, details },
    template: checklist.template,
    targets: ["kubernetes"],
  });
  expect(content).not.toHaveProperty("breakGlass");
  expect(content.phases.map(({ key, title }) => [key, title])).toEqual(
    checklist.phases.map(({ key, title }) => [key, title]),
  );
  const sections = content.phases.flatMap((phase) => phase.sections);
  expect(sections.map(({ key, title }) => [key, title])).toEqual(
    checklist.phases.flatMap((phase) => phase.sections.map(({ key, title }) => [key, title])),
  );
  const items = sections.flatMap((section) => section.items);
  const named = (key: string) => items.find((item) => item.key === key);
  expect(items).toHaveLength(78);
  expect(named("mtls-enabled")).toEqual({
    key: "mtls-enabled",
    title: expect.stringMatching(/mTLS/),
    state: { status: "done", settled: { at: record.now, by: by(engineer) } },
    evidence: [],
  });
  expect(named("cdn")).toMatchObject({ state: { status: "open" }, evidence: [{ id: "e", content: note }] });
});

const atSignOff = () => {
  const record = new TestRecord().toSignOff();
  record.sign(engineeringLead, "engineering-lead");
  return record;
};

test.each([
  ["the version", changeDetails({ version: "1.0.1" })],
  ["the commit", changeDetails({ commit: "aaaaaaa" })],
  ["the environment", changeDetails({ environment: "staging" })],
  ["the date", changeDetails({ deploymentAt: "2026-05-01T08:00:00.000Z" })],
  ["the deployer", changeDetails({ deployedBy: by(sre) })],
  ["a link", changeDetails({ links: [{ title: "Log", url: "https://log.example" }] })],
  ["a target", changeDetails({ slo: { ...DEFAULT_SLO_TARGETS, rtoMinutes: 30 } })],
])("%s is part of it: to change it voids what was signed", (_what, change) => {
  const record = atSignOff();
  const before = record.digest();
  record.do(lead, change);
  expect(record.digest()).not.toBe(before);
  expect(record.deployment.approvals.map(({ voided }) => voided?.cause)).toEqual([
    "The signed content changed.",
  ]);
});

test.each([
  ["an owner", assignItems(["cdn"], by(engineer), { id: lead.id, assignsAnybody: true })],
  ["a date to be done by", setDue(["cdn"], "2026-03-05T08:00:00.000Z")],
  ["a comment", addComment("c", "cdn", { text: "Why?", mentions: [] })],
  ["a hold", setLegalHold("A claim.")],
])("%s is no part of it: what was signed stands", (_what, change) => {
  const record = atSignOff();
  const before = record.digest();
  record.do(lead, change);
  expect(record.digest()).toBe(before);
  expect(record.deployment.approvals.map(({ voided }) => voided)).toEqual([null]);
});

test("each item's state, its reason and its evidence are part of it", () => {
  const record = new TestRecord();
  const seen = new Set([record.digest()]);
  const changes = [
    checkItem("mtls-enabled"),
    clearItem("mtls-enabled"),
    waiveItem("mtls-enabled", "One service.", true),
    waiveItem("mtls-enabled", "Another reason.", true),
    addEvidence("cdn", "a", note),
    addEvidence("bundle-sizes", "b", note),
  ];
  for (const change of changes) {
    record.do(engineer, change);
    seen.add(record.digest());
  }
  // Taken back, a tick leaves what was there before it.
  expect(seen.size).toBe(changes.length);
});

test("glass that was broken and used is part of it, its review is not", () => {
  const record = new TestRecord().toSignOff();
  breakGlass(record, "deployment", sre, "devops-sre");
  expect(signedContent(record.deployment)).not.toHaveProperty("breakGlass");
  record.do(engineer, startPhase("deployment"));
  const [glass] = record.deployment.breakGlass;
  const { phase, requested, reason, confirmed, used } = glass ?? {};
  expect(signedContent(record.deployment)).toMatchObject({
    breakGlass: [{ phase, requested, reason, confirmed, used }],
  });
  const before = record.digest();
  const request = glass?.request ?? 0;
  record.do(product, reviewBreakGlass(product, request, { conclusion: "justified", finding: "An outage." }));
  expect(record.digest()).toBe(before);
});
