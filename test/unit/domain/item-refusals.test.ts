import { expect, test } from "vitest";
import { addEvidence, checkItem, clearItem, waiveItem } from "#lib/domain/checklist-items.ts";
import { changeDetails } from "#lib/domain/details.ts";
import type { EvidenceContent } from "#lib/domain/evidence.ts";
import { completePhase, reopenPhase, startPhase } from "#lib/domain/phases.ts";
import { cancelDeployment, triggerRollback } from "#lib/domain/rollback.ts";
import { CAST } from "#test/support/people.ts";
import { checked, TestRecord } from "#test/support/records.ts";

const { lead, engineer } = CAST;
const deploying = () => new TestRecord().toDeployment();
const rollingBack = () => {
  const record = deploying();
  record.do(engineer, triggerRollback("Errors."));
  return record;
};
const cancelled = () => {
  const record = new TestRecord();
  record.do(lead, cancelDeployment("Another day."));
  return record;
};

test.each([
  ["an unknown item", () => new TestRecord(), checkItem("nonsense")],
  ["an item of a later phase", () => new TestRecord(), checkItem("staging-matches")],
  ["an item of a completed phase", () => new TestRecord().toSignOff(), clearItem("mtls-enabled")],
  ["a record that has ended", cancelled, checkItem("mtls-enabled")],
  ["a frozen phase", rollingBack, checkItem("run-migrations")],
  ["a rollback list before any rollback", () => new TestRecord(), checkItem("rollback-notify-on-call")],
  ["a tick without its requirement", () => new TestRecord(), checkItem("test-coverage")],
  ["a waiver without a reason", () => new TestRecord(), waiveItem("mtls-enabled", null, false)],
  ["a waiver of a critical item", () => new TestRecord(), waiveItem("tests-passing", "Because.", false)],
  ["an unknown phase", () => new TestRecord(), completePhase("nonsense")],
  ["a phase out of turn", () => new TestRecord(), completePhase("final-checks")],
  ["an unknown phase to begin", () => new TestRecord(), startPhase("nonsense")],
  ["a phase while a rollback runs", rollingBack, startPhase("post-deployment")],
  ["a rollback list to complete before any rollback", () => new TestRecord(), completePhase("rollback")],
  ["a later phase to reopen", () => new TestRecord(), reopenPhase("final-checks", "Why not.")],
  ["an unknown phase to reopen", () => new TestRecord(), reopenPhase("nonsense", "Why not.")],
  ["a rollback before T-0", () => new TestRecord(), triggerRollback("Errors.")],
  ["a cancellation after T-0", deploying, cancelDeployment("Too late.")],
  ["a rollback after the end", cancelled, triggerRollback("Errors.")],
  ["a change of details after T-0", deploying, changeDetails({ version: "2.0.0" })],
  [
    "a change of details after the end",
    cancelled,
    changeDetails({ links: [{ title: "a", url: "https://a.example" }] }),
  ],
])("%s is refused, with the reason", (_title, record, decide) => {
  expect(record().refusal(engineer, decide)).toMatchSnapshot();
});

const evidence = (item: string, content: EvidenceContent) => addEvidence(item, "evidence", content);
const measured = (values: Record<string, number>) => ({ kind: "measurement" as const, values });
const rotated = (rotatedOn: Record<string, string>) => ({ kind: "rotation" as const, rotatedOn });
const note = { kind: "note" as const, text: "Seen." };
const time = { kind: "time" as const, at: "2026-03-01T08:00:00.000Z" };
const check = checked("unheard", { title: "Unheard" });

test.each([
  ["a time where none is asked", evidence("mtls-enabled", time)],
  ["a date where none is asked", evidence("mtls-enabled", rotated({ ssh: "2026-02-01" }))],
  ["a date where another thing is asked", evidence("test-coverage", rotated({ ssh: "2026-02-01" }))],
  [
    "a class nobody knows",
    evidence("secrets-rotated", rotated({ ssh: "2026-02-01", unheard: "2026-02-01" })),
  ],
  [
    "a date that nowhere is today",
    evidence("secrets-rotated", rotated({ ssh: "2026-03-02", ci: "2026-03-03" })),
  ],
  ["a value where none is asked", evidence("mtls-enabled", measured({ coverage: 90 }))],
  ["a metric nobody asked for", evidence("test-coverage", measured({ coverage: 90, unheard: 1 }))],
  ["a metric besides several", evidence("performance-testing", measured({ apiLatencyP95Ms: 1, unheard: 1 }))],
  ["a checker that the item does not name", evidence("tests-passing", check)],
  ["a checker on an item without any", evidence("mtls-enabled", check)],
])("%s is refused, with the field", (_title, decide) => {
  expect(new TestRecord().refusal(engineer, decide)).toMatchSnapshot();
});

test("a time of the future is refused, and the present is not", () => {
  const record = new TestRecord();
  record.complete("pre-deployment");
  const later = new Date(Date.parse(record.now) + 1).toISOString();
  expect(
    record.refusal(engineer, evidence("database-backup", { kind: "time", at: later })),
  ).toMatchSnapshot();
  expect(record.try(engineer, evidence("database-backup", { kind: "time", at: record.now }))).toBeNull();
});

test("the date may be tomorrow's, east of UTC, and no later", () => {
  const at = (hour: string) => new TestRecord({ at: `2026-03-01T${hour}:00.000Z` });
  const tomorrow = evidence("secrets-rotated", rotated({ ssh: "2026-03-02" }));
  expect(at("10:00").try(engineer, tomorrow)).toBeNull();
  expect(at("09:59").try(engineer, tomorrow)).toBe("invalid-input");
});

test("evidence that is recorded already changes nothing, wherever the record stands by then", () => {
  const record = new TestRecord();
  record.do(engineer, evidence("mtls-enabled", note));
  record.complete("pre-deployment");
  const before = record.deployment;
  record.do(engineer, evidence("mtls-enabled", note));
  expect(record.deployment).toBe(before);
});

test("a tick and a waiver are taken back under their own names, and an open item stays as it is", () => {
  const record = new TestRecord();
  const lastTypes = (count: number) => record.events.slice(-count).map(({ type, data }) => [type, data]);
  record.do(engineer, checkItem("mtls-enabled"));
  record.do(engineer, clearItem("mtls-enabled"));
  record.do(lead, waiveItem("mtls-enabled", "One service.", true));
  record.do(lead, waiveItem("mtls-enabled", "One service.", true));
  record.do(lead, waiveItem("mtls-enabled", "Another reason.", true));
  expect(record.deployment.items["mtls-enabled"]).toMatchObject({
    status: "not-applicable",
    reason: "Another reason.",
  });
  record.do(engineer, clearItem("mtls-enabled"));
  record.do(engineer, clearItem("mtls-enabled"));
  expect(lastTypes(5)).toMatchSnapshot();
  expect(record.deployment.items).toEqual({});
});

test("the rollback list opens section by section, and says what comes first", () => {
  const record = rollingBack();
  const [first, second] = record.deployment.checklist.rollback.sections;
  const keys = (section: typeof first) => section?.items.map(({ key }) => key) ?? [];
  expect(record.refusal(engineer, checkItem(keys(second)[0] ?? ""))).toMatchSnapshot();
  for (const key of keys(first).slice(1)) record.do(engineer, checkItem(key));
  expect(record.try(engineer, checkItem(keys(second)[0] ?? ""))).toBe("section-locked");
  record.do(engineer, checkItem(keys(first)[0] ?? ""));
  expect(record.try(engineer, checkItem(keys(second)[0] ?? ""))).toBeNull();
});

test("from T-0 on links may change, with others beside them not", () => {
  const record = deploying();
  const links = [{ title: "Dashboard", url: "https://grafana.example.com" }];
  expect(record.try(lead, changeDetails({ links, version: "2.0.0" }))).toBe("details-locked");
  record.do(lead, changeDetails({ links }));
  expect(record.events.at(-1)?.data).toEqual({ from: { links: [] }, to: { links } });
  const before = record.deployment;
  record.do(lead, changeDetails({ links }));
  expect(record.deployment).toBe(before);
});
