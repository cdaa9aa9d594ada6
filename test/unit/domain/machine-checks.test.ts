import { describe, expect, test } from "vitest";
import { checkResult, FINDINGS_KEPT, verdictOf, type Finding } from "#lib/domain/check-result.ts";
import { checkEvidence, checksOf, checksOfOpenPhase, contextOf } from "#lib/domain/check-uses.ts";
import { itemsOf } from "#lib/domain/checklist.ts";
import {
  addEvidence,
  checkItem,
  overruleVerdict,
  tickIfSettledByMachine,
  waiveItem,
} from "#lib/domain/checklist-items.ts";
import type { CheckEvidence } from "#lib/domain/evidence.ts";
import { replay } from "#lib/domain/evolve.ts";
import { startPhase } from "#lib/domain/phases.ts";
import { judgeItem } from "#lib/domain/requirements.ts";
import { cancelDeployment, triggerRollback } from "#lib/domain/rollback.ts";
import type { ItemTemplate } from "#lib/domain/template.ts";
import { PRODUCTION_TEMPLATE } from "#lib/domain/templates/production.ts";
import { CAST } from "#test/support/people.ts";
import { checked, START, TestRecord } from "#test/support/records.ts";

const { lead, engineer } = CAST;
const finding = (level: Finding["level"], title = "", detail: string | null = null): Finding => ({
  level,
  title,
  detail,
});

describe("a result fits the history", () => {
  test("the worst findings come first, those alike in their order, and at most so many", () => {
    const levels = (["pass", "info", "fail", "unknown", "pass"] as const).map((level, index) =>
      finding(level, String(index)),
    );
    expect(checkResult("fail", "", levels).findings.map(({ level, title }) => level + title)).toEqual([
      "fail2",
      "unknown3",
      "info1",
      "pass0",
      "pass4",
    ]);
    const many = Array.from({ length: FINDINGS_KEPT + 1 }, () => finding("pass"));
    expect(checkResult("pass", "", many).findings).toHaveLength(FINDINGS_KEPT);
  });

  test("texts are cut to their lengths, without what no history holds", () => {
    const { summary, findings } = checkResult("pass", ` a\u0000\u001B[31m\u007Fb\uD800 `, [
      finding("info", "t".repeat(151), "d".repeat(301)),
      finding("info", "t".repeat(150), "d".repeat(300)),
      finding("info", "x", null),
    ]);
    expect(summary).toBe("a [31m b\uFFFD");
    expect(checkResult("pass", "\n a \n").summary).toBe("a");
    expect(findings).toEqual([
      finding("info", `${"t".repeat(149)}…`, `${"d".repeat(299)}…`),
      finding("info", "t".repeat(150), "d".repeat(300)),
      finding("info", "x", null),
    ]);
    // Half of a character is no character.
    expect(checkResult("pass", `${"s".repeat(398)}😀😀`).summary).toBe(`${"s".repeat(398)}\uFFFD…`);
  });

  test("without findings and values there are none", () => {
    expect(checkResult("unknown", "Nothing.")).toEqual({
      verdict: "unknown",
      summary: "Nothing.",
      findings: [],
      values: {},
    });
  });

  test.each([
    [[], "unknown"],
    [["info"], "unknown"],
    [["pass", "info"], "pass"],
    [["pass", "unknown"], "unknown"],
    [["pass", "unknown", "fail"], "fail"],
  ] as const)("%j is %s", (levels, expected) => {
    expect(verdictOf(levels.map((level) => finding(level)))).toBe(expected);
  });
});

const place = (record: TestRecord, key: string): ItemTemplate => {
  const { phases, rollback } = record.deployment.checklist;
  const found = [...phases, rollback].flatMap(itemsOf).find(({ item }) => item.key === key);
  if (found === undefined) throw new Error(`no item ${key}`);
  return found.item;
};
const check = (checker: string, more: Partial<CheckEvidence> = {}) =>
  checked(checker, { title: `Title of ${checker}`, summary: "All is well.", ...more });
const keysOf = (record: TestRecord) => checksOfOpenPhase(record.deployment).map(({ item }) => item.key);

describe("the checks under way", () => {
  test("are those of the open phase's items, each use of each, but for what is not applicable", () => {
    const record = new TestRecord();
    const [phase] = PRODUCTION_TEMPLATE.phases;
    const all = itemsOf(phase ?? PRODUCTION_TEMPLATE.rollback).flatMap(({ item }) =>
      (item.checks ?? []).map((use) => ({ item, use })),
    );
    expect(checksOfOpenPhase(record.deployment)).toEqual(all);
    expect(keysOf(record)).toContain("tests-passing");
    record.do(lead, waiveItem("tests-passing", "Because.", true));
    expect(keysOf(record)).not.toContain("tests-passing");
    expect(keysOf(record).length).toBeGreaterThan(0);
    record.do(engineer, addEvidence("mtls-enabled", "n", { kind: "note", text: "Seen." }));
    record.do(lead, cancelDeployment("Another day."));
    expect(keysOf(record)).toEqual([]);
  });

  test("are none while the next phase waits for its sign-off, and the rollback's while that runs", () => {
    const record = new TestRecord().toSignOff();
    expect(keysOf(record)).toEqual([]);
    record.signAll();
    record.do(engineer, startPhase("deployment"));
    record.do(engineer, triggerRollback("Errors."));
    const { rollback } = record.deployment.checklist;
    expect(checksOfOpenPhase(record.deployment)).toEqual(checksOf(record.deployment, rollback));
  });

  test("a judgement depends on the moment, T-0, the targets and earlier probes", () => {
    const record = new TestRecord();
    const { t0At, details } = record.deployment;
    expect(contextOf(record.deployment, START)).toEqual({ now: START, t0At, slo: details.slo, probes: [] });
    const probes = [{ at: START, ok: true, detail: "200" }];
    expect(contextOf(record.deployment, START, probes).probes).toBe(probes);
  });

  test.each([
    ["a pass for so many minutes", 30, "pass", "2026-03-01T09:30:00.000Z"],
    ["a pass for good", null, "pass", null],
    ["a failure until the next look", 30, "fail", null],
  ] as const)("a result counts: %s", (_title, freshMinutes, verdict, validUntil) => {
    const result = checkResult(verdict, "Said.", [finding("info")], { a: 1 });
    const use = { checker: "junit", weight: "settles", freshMinutes, parameters: {} } as const;
    expect(checkEvidence(use, "JUnit", "unit", result, null, START)).toEqual({
      kind: "check",
      checker: "junit",
      title: "JUnit",
      label: "unit",
      ...result,
      validUntil,
      report: null,
    });
  });
});

describe("a machine's verdict", () => {
  const item = "tests-passing";
  const settling = (record: TestRecord) => {
    const use = place(record, item).checks?.find(({ weight }) => weight === "settles");
    if (use === undefined) throw new Error(`no checker settles ${item}`);
    return use;
  };
  const said = (record: TestRecord, id: string, more: Partial<CheckEvidence> = {}) => {
    const { checker, labels = [] } = settling(record);
    for (const [index, label] of (labels.length === 0 ? [null] : labels).entries())
      record.do(
        engineer,
        addEvidence(item, index === 0 ? id : `${id}-${label}`, check(checker, { label, ...more })),
      );
  };
  const status = (record: TestRecord) => record.deployment.items[item]?.status ?? "open";
  const judged = (record: TestRecord, at = record.now) =>
    judgeItem(record.deployment, place(record, item), at);

  test("a pass of a checker that settles the item ticks it, once", () => {
    const record = new TestRecord();
    record.do(engineer, tickIfSettledByMachine(item));
    expect(status(record), "nobody has looked").toBe("open");
    said(record, "good");
    record.do(engineer, tickIfSettledByMachine(item));
    expect(record.events.at(-1)).toMatchObject({
      type: "item.checked",
      data: { item, title: place(record, item).title },
    });
    const before = record.deployment;
    record.do(engineer, tickIfSettledByMachine(item));
    expect(record.deployment).toBe(before);
  });

  test("a failure ticks nothing, and keeps people from ticking", () => {
    const record = new TestRecord();
    said(record, "bad", { verdict: "fail", summary: "3 of 9 fail." });
    record.do(engineer, tickIfSettledByMachine(item));
    expect(status(record)).toBe("open");
    expect(record.refusal(engineer, checkItem(item))).toMatchSnapshot();
    expect(judged(record)?.verdict).toBe("failed");
  });

  test("what could not tell never passes, and what passed too long ago goes stale by itself", () => {
    const record = new TestRecord();
    said(record, "unknown", { verdict: "unknown", summary: "Nobody answered." });
    expect(judged(record)).toMatchSnapshot();
    said(record, "old", { validUntil: "2026-03-01T09:30:00.000Z" });
    expect(judged(record, "2026-03-01T09:29:59.999Z")).toMatchSnapshot();
    expect(judged(record, "2026-03-01T09:30:00.000Z")).toMatchSnapshot();
  });

  test("a team lead overrules the newest one that is no pass, once, and it counts as one", () => {
    const record = new TestRecord();
    said(record, "older", { verdict: "fail", summary: "9 fail." });
    said(record, "bad", { verdict: "fail", summary: "3 fail." });
    expect(record.refusal(lead, overruleVerdict("nonsense", "Flaky."))).toMatchSnapshot();
    expect(record.refusal(lead, overruleVerdict("older", "Flaky."))).toMatchSnapshot();
    const ids = record.deployment.evidence.slice(-(settling(record).labels?.length ?? 1)).map(({ id }) => id);
    for (const id of ids) record.do(lead, overruleVerdict(id, "Flaky."));
    expect(record.events.at(-1)).toMatchSnapshot();
    expect(record.deployment.evidence.map(({ overruled }) => overruled?.reason ?? null)).toMatchSnapshot();
    expect(judged(record)).toMatchSnapshot();
    const before = record.deployment;
    record.do(lead, overruleVerdict(ids[0] ?? "", "Again."));
    expect(record.deployment).toBe(before);
    expect(replay("record", record.events)).toEqual(record.deployment);
  });

  test("a pass is not overruled, nor anything but a verdict", () => {
    const record = new TestRecord();
    said(record, "good");
    record.do(engineer, addEvidence(item, "note", { kind: "note", text: "Seen." }));
    expect(record.try(lead, overruleVerdict("good", "Why."))).toBe("not-overrulable");
    expect(record.try(lead, overruleVerdict("note", "Why."))).toBe("not-found");
  });
});
