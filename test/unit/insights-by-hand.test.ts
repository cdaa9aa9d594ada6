import { afterEach, expect, test } from "vitest";
import { approvalWaits } from "#lib/domain/approval-waits.ts";
import { insightSpan, measure, type DeploymentFacts } from "#lib/domain/insights.ts";
import { HOUR, MINUTE } from "#lib/domain/time.ts";

// Four whole weeks from Monday, and a Monday's half, Wednesday noon: the 25th is 4 weeks and 2.5 days in.
const NOW = "2026-11-25T12:00:00.000Z";
const SPAN = insightSpan(NOW, 4);

const day = (text: string) => `2026-${text}:00.000Z`;

/** A line: opened, T-0, trigger, restored, ended, outcome, rework; a dash for what never was. */
function records(table: string): readonly DeploymentFacts[] {
  return table
    .trim()
    .split("\n")
    .map((line, index) => {
      const [opened = "", t0, trigger, restored, ended, outcome, rework] = line.trim().split(/\s+/);
      const at = (text: string | undefined) => (text === undefined || text === "-" ? null : day(text));
      return {
        id: String(index),
        service: "payments-api",
        team: "Payments",
        environment: "production",
        version: `1.0.${index}`,
        openedAt: day(opened),
        t0At: at(t0),
        rollbackAt: at(trigger),
        restoredAt: at(restored),
        endedAt: at(ended),
        outcome:
          outcome === "completed" || outcome === "rolled-back" || outcome === "cancelled" ? outcome : null,
        isRework: rework === "rework",
        phases: [],
        waits: [],
      };
    });
}

const measured = (table: string) => measure(records(table), SPAN.from, SPAN.to);

test("the span is four whole weeks from Monday and this one so far", () => {
  expect(SPAN).toEqual({ from: "2026-10-26T00:00:00.000Z", to: NOW });
  expect(measured("10-27T08:00 -").weeks.map(({ from }) => from.slice(0, 10))).toEqual([
    "2026-10-26",
    "2026-11-02",
    "2026-11-09",
    "2026-11-16",
    "2026-11-23",
  ]);
});

test("seven records, each measure counted on the fingers", () => {
  //                       lead time   recovery
  // 1 went well              10 h
  // 2 went well               4 h
  // 3 rolled back            30 h      1 h 30   (its record ended after 26 h)
  // 4 deployed 3 again        2 h
  // 5 rolls back now          6 h               (not restored yet: a failure, and no recovery)
  // 6 under way               8 h
  // 7 cancelled before T-0
  const insights = measured(`
    10-27T00:00 10-27T10:00 -           -           10-28T10:00 completed   -
    11-03T12:00 11-03T16:00 -           -           11-05T16:00 completed   -
    11-09T06:00 11-10T12:00 11-10T13:00 11-10T14:30 11-11T15:00 rolled-back -
    11-11T16:00 11-11T18:00 -           -           11-13T09:00 completed   rework
    11-19T06:00 11-19T12:00 11-19T13:00 -           -           -           -
    11-24T01:00 11-24T09:00 -           -           -           -           -
    11-20T08:00 -           -           -           11-21T08:00 cancelled   -`);
  expect(insights).toMatchObject({
    deployed: 6,
    cancelled: 1,
    running: 1,
    // 3 and 5, of the six that reached T-0.
    failed: 2,
    reworked: 1,
    // 2, 4, 6, 8, 10, 30: between 6 and 8 lies 7; 0.9 of five steps is 4.5, between 10 and 30.
    leadTime: { count: 6, median: 7 * HOUR, p90: 20 * HOUR },
    recovery: { count: 1, median: 90 * MINUTE, p90: 90 * MINUTE },
  });
  // Six in four weeks and 2.5 days: 6 / (30.5 / 7).
  expect(insights.perWeek).toBeCloseTo(1.377, 3);
  expect(
    insights.weeks.map(({ completed, rolledBack, running }) => [completed, rolledBack, running]),
  ).toEqual([
    [1, 0, 0],
    [1, 0, 0],
    [1, 1, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]);
});

test("an odd count has its middle for a median; one alone is all of it; none is nothing", () => {
  const three = `
    11-02T00:00 11-02T01:00
    11-03T00:00 11-03T02:00
    11-04T00:00 11-04T12:00`;
  // 1, 2, 12: 0.9 of two steps is 1.8, between 2 and 12.
  expect(measured(three).leadTime).toEqual({ count: 3, median: 2 * HOUR, p90: 10 * HOUR });
  const one = measured("11-02T00:00 11-02T01:00");
  expect(one.leadTime).toEqual({ count: 1, median: HOUR, p90: HOUR });
  expect([one.deployed, one.failed, one.reworked, one.recovery]).toEqual([1, 0, 0, null]);
  const none = measure([], SPAN.from, SPAN.to);
  expect([none.deployed, none.perWeek, none.leadTime, none.recovery]).toEqual([0, 0, null, null]);
});

test("what began at an instant and ended at it took no time; what ended before it began is no sample", () => {
  const table = `
    11-02T06:00 11-02T06:00
    11-02T06:00 11-02T10:00
    11-02T06:00 11-02T05:00`;
  expect(measured(table).deployed).toBe(3);
  expect(measured(table).leadTime).toEqual({ count: 2, median: 2 * HOUR, p90: 3.6 * HOUR });
});

// Clocks go back on 25 October in Berlin, forward on 29 March, on 4 October in Auckland; UTC knows of none.
const zone = process.env.TZ;
afterEach(() => {
  process.env.TZ = zone;
});

test.each(["UTC", "Europe/Berlin", "Pacific/Auckland", "America/Los_Angeles", "Asia/Kolkata"])(
  "seen from %s, a week still begins at midnight UTC, and a day of a changed clock has 24 hours",
  (TZ) => {
    process.env.TZ = TZ;
    const over = insightSpan("2026-10-28T00:30:00.000Z", 1);
    expect(over.from).toBe("2026-10-19T00:00:00.000Z");
    const { weeks, leadTime } = measure(
      records(`
        10-25T00:00 10-25T23:59
        10-25T00:00 10-26T00:00`),
      over.from,
      over.to,
    );
    expect(weeks.map(({ from, running }) => [from.slice(0, 10), running])).toEqual([
      ["2026-10-19", 1],
      ["2026-10-26", 1],
    ]);
    expect(leadTime?.median).toBe(24 * HOUR - MINUTE / 2);
    expect(insightSpan("2026-03-30T00:00:00.000Z", 1).from).toBe("2026-03-23T00:00:00.000Z");
  },
);

const STEPS = [
  { role: "engineering-lead", title: "Engineering Lead" },
  { role: "devops-sre", title: "DevOps/SRE" },
] as const;

test.each([
  // completed at        rounds began     signed (round, role, at)                        waited, in hours
  ["in one round", ["09:00"], [], ["1 lead 11:00", "1 sre 14:00"], { lead: [2], sre: [3] }],
  [
    "of a round that an answered rejection began",
    ["09:00"],
    ["13:00"],
    ["1 lead 10:00", "1 sre 12:00", "2 lead 14:00", "2 sre 14:30"],
    { lead: [1, 1], sre: [2, 0.5] },
  ],
  [
    "after its phase was reopened, from the new completion: not from when the first round was void",
    ["09:00", "15:00"],
    ["11:00"],
    ["1 lead 10:00", "2 lead 16:00", "2 sre 18:00"],
    { lead: [1, 1], sre: [2] },
  ],
  ["of a phase that broken glass left incomplete: none", [], [], ["1 lead 10:00"], { lead: [], sre: [] }],
] as const)("a signature is waited for %s", (_, completed, began, signed, hours) => {
  const at = (time: string) => `2026-11-10T${time}:00.000Z`;
  const waits = approvalWaits(
    STEPS,
    { completions: completed.map(at), rounds: new Map(began.map((time, index) => [index + 2, at(time)])) },
    signed.map((line) => {
      const [round, who, time = ""] = line.split(" ");
      const role = who === "lead" ? "engineering-lead" : "devops-sre";
      return { round: Number(round), role, signedAt: at(time) };
    }),
  );
  const of = (wanted: string) =>
    waits
      .filter(({ role }) => role === wanted)
      .map(({ from, to }) => (Date.parse(to) - Date.parse(from)) / HOUR);
  expect({ lead: of("engineering-lead"), sre: of("devops-sre") }).toEqual(hours);
});
