import { describe, expect, test } from "vitest";
import { spanInForce, type SetSpan } from "#lib/domain/retention-span.ts";
import { unlawfulRemoval, type Shell, type Stone } from "#lib/domain/stones.ts";

const STONE: Stone = {
  seq: 9,
  at: "2026-04-10T12:00:00.000Z",
  deployment: "d1",
  service: "payments-api",
  version: "1.0.0",
  endedAt: "2026-03-11T12:00:00.000Z",
  events: 3,
  headHash: "0".repeat(64),
  shells: "0".repeat(64),
  retentionDays: 30,
  policy: "by-the-clock",
};
/** Just 30 days before the stone. */
const ENDED = "2026-03-11T12:00:00.000Z";

/** What is left of a record with these events, by default all long before its end. */
function shellsOf(...events: readonly (readonly [type: string, at?: string])[]): readonly Shell[] {
  return events.map(([type, at = "2026-03-01T09:00:00.000Z"], index) => ({
    actor: { id: "lead" },
    at,
    format: 1,
    prev: null,
    removed: STONE.seq,
    seq: index + 1,
    stream: "d1",
    type,
  }));
}

const flawOf = (shells: readonly Shell[], { spanDays = 30 as number | null, stone = {} } = {}) =>
  unlawfulRemoval({ ...STONE, events: shells.length, ...stone }, shells, spanDays);
const opened = ["deployment.opened"] as const;
const completed = ["deployment.completed", ENDED] as const;

test.each(["deployment.completed", "deployment.rolled-back", "deployment.cancelled"])(
  "a record may go once the span has passed since its end: %s",
  (ending) => {
    expect(flawOf(shellsOf(opened, ["item.checked"], [ending, ENDED]))).toBeNull();
    expect(flawOf(shellsOf([ending, ENDED]))).toBeNull();
  },
);

test("not a moment before the span has passed", () => {
  const tooSoon = shellsOf(opened, ["deployment.completed", "2026-03-11T12:00:00.001Z"]);
  expect(flawOf(tooSoon)).toBe("it was removed within the retention span");
});

test("a false date at the end ages no record, and what came after the end keeps it no longer", () => {
  const late = ["item.checked", "2026-04-01T00:00:00.000Z"] as const;
  expect(flawOf(shellsOf(opened, late, ["deployment.completed", "2026-01-01T00:00:00.000Z"]))).toBe(
    "it was removed within the retention span",
  );
  expect(flawOf(shellsOf(opened, completed, ["break-glass.reviewed", late[1]]))).toBeNull();
});

test("not while it goes on", () => {
  expect(flawOf(shellsOf(opened, ["item.checked"]))).toBe("it was removed before it had ended");
});

test("not by another span than was in force, nor while everything is kept", () => {
  const flaw = "stone 9 tells of another retention span than was in force";
  expect(flawOf(shellsOf(opened, completed), { spanDays: 29 })).toBe(flaw);
  expect(flawOf(shellsOf(opened, completed), { spanDays: null })).toBe(flaw);
});

test("every event of the stone is there, and goes with it", () => {
  const shells = shellsOf(opened, completed);
  expect(flawOf(shells, { stone: { events: 3 } })).toBe("stone 9 tells of 3 events, there are 2");
  const [first, second] = shells;
  if (first === undefined || second === undefined) throw new Error("no shells");
  expect(flawOf([first, { ...second, removed: 8 }])).toBe("event 2 was not removed with stone 9");
});

test("not under legal hold; once it was lifted, it may go", () => {
  const held = ["legal-hold.set"] as const;
  const lifted = ["legal-hold.lifted"] as const;
  expect(flawOf(shellsOf(opened, held, completed))).toBe("it was removed under legal hold");
  expect(flawOf(shellsOf(opened, completed, lifted, held))).toBe("it was removed under legal hold");
  expect(flawOf(shellsOf(opened, held, completed, lifted))).toBeNull();
});

test("a lifted hold counts a week later, from where stones tell what they kept", () => {
  const shells = (lifted: string) =>
    shellsOf(opened, ["legal-hold.set"], completed, ["legal-hold.lifted", lifted]);
  const [tooLate, intime] = [shells("2026-04-03T12:00:00.001Z"), shells("2026-04-03T12:00:00.000Z")];
  const kept = "0".repeat(64);
  expect(flawOf(tooLate, { stone: { kept } })).toBe("it was removed within a week of its legal hold");
  expect(flawOf(intime, { stone: { kept } })).toBeNull();
  expect(flawOf(tooLate)).toBeNull();
});

describe("the span that counts", () => {
  const spans: readonly SetSpan[] = [
    { days: 365, since: "2026-01-01T00:00:00.000Z" },
    { days: 30, since: "2026-02-01T00:00:00.000Z" },
    { days: 90, since: "2026-03-01T00:00:00.000Z" },
    { days: null, since: "2026-04-01T00:00:00.000Z" },
    { days: 30, since: "2026-04-02T00:00:00.000Z" },
  ];
  const moments: readonly (readonly [why: string, at: string, days: number | null])[] = [
    ["nothing goes before any was set", "2026-01-01T00:00:00.000Z", null],
    ["nor in the week after the first", "2026-01-07T23:59:59.999Z", null],
    ["a week later it counts", "2026-01-08T00:00:00.000Z", 365],
    ["a shorter one counts a week later", "2026-02-07T23:59:59.999Z", 365],
    ["to the millisecond", "2026-02-08T00:00:00.000Z", 30],
    ["a longer one at once", "2026-03-01T00:00:00.000Z", 90],
    ["and one that keeps everything", "2026-04-01T00:00:00.000Z", null],
    ["which holds for a week, though it stood for a day", "2026-04-08T23:59:59.999Z", null],
    ["and no longer", "2026-04-09T00:00:00.000Z", 30],
  ];
  test.each(moments)("%s", (_why, at, days) => {
    const told = spans.filter(({ since }) => since <= at);
    expect(spanInForce(told, at)).toBe(days);
  });

  test("what is no time is as good as the present", () => {
    expect(spanInForce([{ days: 30, since: "z" }], "2030-01-01T00:00:00.000Z")).toBeNull();
  });
});
