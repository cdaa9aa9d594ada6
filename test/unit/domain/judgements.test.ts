import { describe, expect, test } from "vitest";
import { itemsOf } from "#lib/domain/checklist.ts";
import { addEvidence, checkItem, overruleVerdict, waiveItem } from "#lib/domain/checklist-items.ts";
import { changeDetails } from "#lib/domain/details.ts";
import type { CheckEvidence, EvidenceContent } from "#lib/domain/evidence.ts";
import { startPhase } from "#lib/domain/phases.ts";
import { judgeItem } from "#lib/domain/requirements.ts";
import { triggerRollback } from "#lib/domain/rollback.ts";
import { DEFAULT_SLO_TARGETS } from "#lib/domain/slo.ts";
import type { ItemTemplate, Requirement } from "#lib/domain/template.ts";
import { CAST } from "#test/support/people.ts";
import { checked, TestRecord } from "#test/support/records.ts";

const { lead, engineer } = CAST;
const all = (record: TestRecord) =>
  [...record.deployment.checklist.phases, record.deployment.checklist.rollback]
    .flatMap(itemsOf)
    .map(({ item }) => item);
const judged = (record: TestRecord, key: string) => {
  const item = all(record).find((candidate) => candidate.key === key);
  if (item === undefined) throw new Error(`no item ${key}`);
  return judgeItem(record.deployment, item, record.now);
};
const withKind = (record: TestRecord, kind: Requirement["kind"]): ItemTemplate => {
  const item = all(record).find(({ requirement }) => requirement?.kind === kind);
  if (item === undefined) throw new Error(`no item needs ${kind}`);
  return item;
};
let evidences = 0;
const give = (record: TestRecord, key: string, content: EvidenceContent) => {
  evidences += 1;
  record.do(engineer, addEvidence(key, `given-${evidences}`, content));
  return judged(record, key);
};
const verdict = (checker: string, more: Partial<CheckEvidence>) =>
  checked(checker, { summary: "Measured.", ...more });

test("what needs nothing but a tick is not judged", () => {
  expect(judged(new TestRecord(), "mtls-enabled")).toBeNull();
});

test("what is missing is said in words, for every requirement of the checklist", () => {
  const record = new TestRecord();
  const asking = all(record).filter(({ requirement }) => requirement !== undefined);
  expect(asking.map(({ key }) => [key, judged(record, key)?.message])).toMatchSnapshot();
  expect(new Set(asking.map(({ key }) => judged(record, key)?.verdict))).toEqual(new Set(["missing"]));
});

test("a measured value is held against its bound, and the newest counts", () => {
  const record = new TestRecord();
  const coverage = (value: number) =>
    give(record, "test-coverage", { kind: "measurement", values: { coverage: value } });
  expect(coverage(79.9)).toMatchSnapshot();
  expect(coverage(80)).toMatchSnapshot();
});

test("SLO figures are named one by one, with their targets, whatever these are by now", () => {
  const record = new TestRecord();
  const measure = (values: Record<string, number>) =>
    give(record, "performance-testing", { kind: "measurement", values });
  expect(measure({ apiLatencyP95Ms: 400 })).toMatchSnapshot();
  expect(measure({ apiLatencyP95Ms: 400, apiLatencyP99Ms: 1_200, errorRatePercent: 0.5 })).toMatchSnapshot();
  expect(measure({ apiLatencyP95Ms: 400, apiLatencyP99Ms: 900, errorRatePercent: 0.05 })).toMatchSnapshot();
  record.do(lead, changeDetails({ slo: { ...DEFAULT_SLO_TARGETS, apiLatencyP95Ms: 300 } }));
  expect(judged(record, "performance-testing")).toMatchSnapshot();
});

describe("rotation of secrets", () => {
  const day = (ago: number) =>
    new Date(Date.parse("2026-03-01T00:00:00.000Z") - ago * 86_400_000).toISOString().slice(0, 10);
  const rotate = (record: TestRecord, ages: Record<string, number>) =>
    give(record, "secrets-rotated", {
      kind: "rotation",
      rotatedOn: Object.fromEntries(Object.entries(ages).map(([key, ago]) => [key, day(ago)])),
    });

  test.each([
    [{ ssh: 1 }],
    [{ ssh: 1, ci: 1, database: 1, api: 1 }],
    [{ ssh: 90, ci: 30, database: 15, api: 14 }],
    [{ ssh: 1, ci: 1, database: 16, api: 16 }],
    [{ ssh: 91, ci: 31, database: 1, api: 1 }],
  ])("%j", (ages) => {
    expect(rotate(new TestRecord(), ages)).toMatchSnapshot();
  });

  test("a day counts until it is over", () => {
    const record = new TestRecord({ at: "2026-03-01T23:59:00.000Z" });
    rotate(record, { ssh: 90, ci: 30, database: 1, api: 1 });
    record.now = "2026-03-01T23:59:59.999Z";
    expect(judged(record, "secrets-rotated")?.verdict).toBe("met");
    record.now = "2026-03-02T00:00:00.000Z";
    expect(judged(record, "secrets-rotated")?.verdict).toBe("failed");
  });

  test("it is due after the day that makes it so, and not on it", () => {
    const record = new TestRecord({ at: "2026-03-01T23:59:00.000Z" });
    rotate(record, { ssh: 1, ci: 1, database: 15, api: 1 });
    record.now = "2026-03-01T23:59:59.999Z";
    expect(judged(record, "secrets-rotated")).toMatchObject({ verdict: "met", due: false });
    record.now = "2026-03-02T00:00:00.000Z";
    expect(judged(record, "secrets-rotated")).toMatchObject({ verdict: "met", due: true });
  });
});

test("a time is fresh until its limit, to the millisecond", () => {
  const record = new TestRecord();
  record.complete("pre-deployment");
  give(record, "database-backup", { kind: "time", at: record.now });
  record.now = "2026-03-01T09:59:59.999Z";
  expect(judged(record, "database-backup")).toMatchSnapshot();
  record.now = "2026-03-01T10:00:00.000Z";
  expect(judged(record, "database-backup")).toMatchSnapshot();
  record.wait(12);
  expect(judged(record, "database-backup")).toMatchSnapshot();
});

test("a wait begins at T-0, or when the items before it are settled, whichever it says", () => {
  const record = new TestRecord().toSignOff();
  record.signAll();
  expect(judged(record, "health-checks-green")).toMatchSnapshot();
  record.do(engineer, startPhase("deployment"));
  expect(judged(record, "health-checks-green")).toMatchSnapshot();
  record.wait(30);
  expect(judged(record, "health-checks-green")).toMatchSnapshot();

  record.do(engineer, triggerRollback("Errors."));
  const { sections } = record.deployment.checklist.rollback;
  const waiting = all(record).find(
    ({ requirement }) => requirement?.kind === "wait" && requirement.since !== "t-0",
  );
  if (waiting === undefined) throw new Error("no item waits for others");
  const section = sections.find(({ items }) => items.includes(waiting));
  const before = section?.items.slice(0, section.items.indexOf(waiting)) ?? [];
  for (const { items } of sections.slice(
    0,
    sections.findIndex((one) => one === section),
  ))
    for (const item of items) record.settle(item);
  expect(judged(record, waiting.key)).toMatchSnapshot();
  for (const item of before) {
    expect(judged(record, waiting.key)?.verdict).toBe("missing");
    record.wait(1);
    record.settle(item);
  }
  const begun = record.now;
  record.wait(14);
  expect(judged(record, waiting.key)).toMatchSnapshot();
  record.do(lead, waiveItem(before[0]?.key ?? "", "Again.", true));
  record.now = begun;
  record.wait(15);
  expect(judged(record, waiting.key)?.verdict, "an earlier item settled later begins it anew").toBe(
    before.length === 0 ? "met" : "waiting",
  );
});

test("a proof is a link or a note on the very item", () => {
  const record = new TestRecord();
  const item = withKind(record, "proof");
  const other = all(record).find(
    (candidate) => candidate !== item && candidate.requirement?.kind === "proof",
  );
  give(record, other?.key ?? "mtls-enabled", { kind: "note", text: "Elsewhere." });
  const file = {
    kind: "file",
    fileId: "f",
    name: "a",
    mediaType: "text/plain",
    bytes: 1,
    sha256: "",
  } as const;
  expect(give(record, item.key, file)?.verdict).toBe("missing");
  expect(
    give(record, item.key, { kind: "link", url: "https://ci.example.com", title: null }),
  ).toMatchSnapshot();
  const another = new TestRecord();
  expect(give(another, item.key, { kind: "note", text: "Seen." })?.verdict).toBe("met");
});

describe("machines and requirements together", () => {
  const measuredBy = (record: TestRecord, key: string) => {
    const use = all(record).find((item) => item.key === key)?.checks?.[0];
    if (use === undefined) throw new Error(`no machine looks at ${key}`);
    return use.checker;
  };

  test("what a machine measured counts before what a person typed, until it goes stale", () => {
    const record = new TestRecord();
    const by = measuredBy(record, "test-coverage");
    give(
      record,
      "test-coverage",
      verdict(by, { values: { coverage: 91 }, validUntil: "2026-03-01T10:00:00.000Z" }),
    );
    expect(give(record, "test-coverage", { kind: "measurement", values: { coverage: 3 } })).toMatchSnapshot();
    expect(record.try(engineer, checkItem("test-coverage"))).toBeNull();
    record.now = "2026-03-01T10:00:00.000Z";
    expect(judged(record, "test-coverage")?.verdict).toBe("stale");
  });

  test("a machine that measured too little is believed, unless a team lead overrules it", () => {
    const record = new TestRecord();
    const by = measuredBy(record, "test-coverage");
    expect(give(record, "test-coverage", verdict(by, { values: { coverage: 12 } }))?.verdict).toBe("failed");
    const low = verdict(by, { verdict: "fail", summary: "12 %.", values: { coverage: 12 } });
    expect(give(record, "test-coverage", low)?.verdict).toBe("failed");
    record.do(lead, overruleVerdict(`given-${evidences}`, "Generated code."));
    expect(judged(record, "test-coverage")).toMatchSnapshot();
  });

  test("a machine that settles an item is proof enough; one that only informs is none", () => {
    const record = new TestRecord();
    const proofs = all(record).filter(({ requirement }) => requirement?.kind === "proof");
    for (const item of proofs)
      for (const { checker, weight, labels = [] } of (item.checks ?? []).slice(0, 1)) {
        const one = new TestRecord();
        for (const label of labels.length === 0 ? [null] : labels) {
          if (one.try(engineer, addEvidence(item.key, `m-${label}`, verdict(checker, { label }))) !== null)
            return;
        }
        expect(judged(one, item.key)?.verdict, item.key).toBe(weight === "settles" ? "met" : "missing");
      }
  });
});
