import { describe, expect, test } from "vitest";
import {
  formatDate,
  formatLaunchClock,
  formatMoment,
  formatRelative,
  formatRemaining,
  formatSpan,
  limitTone,
} from "#components/clock/format-clock.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.parse("2026-11-24T10:52:30.000Z");

describe("the launch clock", () => {
  test.each([
    [2 * DAY + 4 * HOUR + 11 * MINUTE, "T-minus 2 d 04:11"],
    [DAY, "T-minus 1 d 00:00"],
    [DAY - SECOND, "T-minus 23:59:59"],
    [4 * HOUR + 11 * MINUTE + 9 * SECOND, "T-minus 04:11:09"],
    [1, "T-minus 00:00:01"],
    [0, "T+00:00:00"],
    [-999, "T+00:00:00"],
    [-(31 * MINUTE + 7 * SECOND), "T+00:31:07"],
    [-(DAY + 4 * HOUR + 11 * MINUTE), "T+1 d 04:11"],
  ])("%d ms before T-0 reads %s", (untilMs, words) => {
    expect(formatLaunchClock(untilMs)).toBe(words);
  });
});

test.each([
  [12 * MINUTE + 4 * SECOND, "12:04"],
  [HOUR + 12 * MINUTE + 4 * SECOND, "1:12:04"],
  [30 * HOUR, "30:00:00"],
  [59 * SECOND + 1, "1:00"],
  [1, "0:01"],
  [0, "0:00"],
  [-5 * MINUTE, "0:00"],
])("a wait with %d ms left reads %s", (remainingMs, words) => {
  expect(formatRemaining(remainingMs)).toBe(words);
});

test.each([
  [HOUR, "neutral"],
  [30 * MINUTE + 1, "neutral"],
  [30 * MINUTE, "attention"],
  [15 * MINUTE + 1, "attention"],
  [15 * MINUTE, "blocked"],
  [0, "blocked"],
  [-MINUTE, "blocked"],
] as const)("of an hour, %d ms left is %s", (remainingMs, tone) => {
  expect(limitTone(remainingMs, HOUR)).toBe(tone);
});

test.each([
  [0, "under a minute"],
  [12 * MINUTE + 59 * SECOND, "12 min"],
  [2 * HOUR, "2 h"],
  [2 * HOUR + 11 * MINUTE, "2 h 11 min"],
  [76 * HOUR + 5 * MINUTE, "3 d 4 h"],
  [48 * HOUR + 30 * MINUTE, "2 d"],
])("%d ms took %s", (ms, words) => {
  expect(formatSpan(ms)).toBe(words);
});

test.each([
  [NOW, "just now"],
  [NOW - 59 * SECOND, "just now"],
  [NOW + 59 * SECOND, "just now"],
  [NOW - MINUTE, "1 min ago"],
  [NOW - 59 * MINUTE, "59 min ago"],
  [NOW - HOUR, "1 h ago"],
  [NOW + 2 * HOUR, "in 2 h"],
  [NOW - 23 * HOUR, "23 h ago"],
  [NOW - 5 * DAY, "5 d ago"],
  [NOW - 31 * DAY, "24 Oct 2026"],
])("the moment %d reads %s", (atMs, words) => {
  expect(formatRelative(atMs, NOW)).toBe(words);
});

test("a moment is told in UTC, whatever the zone of the machine", () => {
  expect(formatMoment(NOW)).toBe("24 Nov 2026, 10:52 UTC");
  expect(formatDate(Date.parse("2026-12-31T23:59:59.999Z"))).toBe("31 Dec 2026");
});
