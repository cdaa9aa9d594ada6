import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  dayIn,
  daysShown,
  isTimeZone,
  overlapsAmong,
  spanAround,
  stepDay,
  timeIn,
  type Planned,
} from "#lib/domain/calendar.ts";

describe("days", () => {
  test("a moment falls on the day that its zone's clocks show", () => {
    const at = "2026-03-29T00:30:00.000Z";
    expect(dayIn("UTC", at)).toBe("2026-03-29");
    expect(dayIn("America/New_York", at)).toBe("2026-03-28");
    expect(dayIn("Pacific/Kiritimati", "2026-12-31T10:30:00.000Z")).toBe("2027-01-01");
    expect(timeIn("Asia/Kolkata", at)).toBe("06:00");
    // Clocks go from 02:00 to 03:00 in this hour.
    expect([timeIn("Europe/Vienna", at), timeIn("Europe/Vienna", "2026-03-29T01:00:00.000Z")]).toEqual([
      "01:30",
      "03:00",
    ]);
  });

  test("a month is shown in whole weeks from Monday on", () => {
    const november = daysShown("month", "2026-11-26");
    expect([november[0], november.at(-1), november.length]).toEqual(["2026-10-26", "2026-12-06", 42]);
    const february = daysShown("month", "2027-02-14");
    expect([february[0], february.at(-1)]).toEqual(["2027-02-01", "2027-02-28"]);
    expect(daysShown("week", "2026-11-26")).toEqual(
      ["23", "24", "25", "26", "27", "28", "29"].map((day) => `2026-11-${day}`),
    );
  });

  test("steps lead through months and weeks, there and back", () => {
    expect(stepDay("month", "2026-01-31", 1)).toBe("2026-02-01");
    expect(stepDay("month", "2026-01-31", -1)).toBe("2025-12-01");
    expect(stepDay("week", "2026-12-30", 1)).toBe("2027-01-06");
  });

  test("the moments around some days hold these days in every zone", () => {
    expect(spanAround(["2026-11-23", "2026-11-24", "2026-11-29"])).toEqual({
      from: "2026-11-22T00:00:00.000Z",
      to: "2026-12-01T00:00:00.000Z",
    });
    expect(spanAround(["2026-11-23"])).toEqual({
      from: "2026-11-22T00:00:00.000Z",
      to: "2026-11-25T00:00:00.000Z",
    });
  });

  test("any day stands among the days shown for it, which are whole weeks without a gap", () => {
    const dates = fc.date({ min: new Date("2000-01-01"), max: new Date("2199-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(dates, fc.constantFrom("month" as const, "week" as const), (date, span) => {
        const day = date.toISOString().slice(0, 10);
        const days = daysShown(span, day);
        expect(days).toContain(day);
        expect(days.length % 7).toBe(0);
        expect(days).toEqual(days.toSorted());
        expect(new Set(days).size).toBe(days.length);
      }),
    );
  });
});

test("zones are IANA names that this machine knows", () => {
  for (const zone of ["UTC", "Europe/Vienna", "America/Argentina/Buenos_Aires", "Etc/GMT+5"])
    expect(isTimeZone(zone)).toBe(true);
  for (const zone of [
    "",
    "Mars/Olympus",
    "+02:00",
    "Europe/Vienna ",
    "../etc",
    "Europe//Vienna",
    "1UTC",
    "(UTC",
    "UTC)",
  ])
    expect(isTimeZone(zone)).toBe(false);
});

describe("overlaps", () => {
  const planned = (id: string, at: string, more: Partial<Planned> = {}): Planned => ({
    id,
    serviceId: "payments",
    environment: "production",
    at: `2026-11-${at}:00.000Z`,
    endedAt: null,
    cancelled: false,
    ...more,
  });

  test("are of one service and environment, less than a day apart", () => {
    const found = overlapsAmong([
      planned("a", "26T10:00"),
      planned("b", "27T09:59", { environment: "Production" }),
      planned("c", "28T09:59"),
      planned("d", "26T10:00", { environment: "staging" }),
      planned("e", "26T10:00", { serviceId: "ledger" }),
    ]);
    expect(Object.fromEntries(found)).toEqual({ a: ["b"], b: ["a"] });
  });

  test("are told of both, whichever comes first, even at the same moment", () => {
    const found = overlapsAmong([
      planned("a", "26T10:00", { endedAt: "2026-11-26T10:30:00.000Z" }),
      planned("b", "26T10:00"),
      planned("c", "26T09:00", { endedAt: "2026-11-26T10:00:00.000Z" }),
      planned("d", "25T10:01", { endedAt: "2026-11-26T10:01:00.000Z" }),
    ]);
    expect(Object.fromEntries(found)).toEqual({ a: ["b", "d"], b: ["a", "d"], c: ["d"], d: ["a", "b", "c"] });
  });

  test("count neither what was cancelled nor what ended before the other begins", () => {
    const found = overlapsAmong([
      planned("a", "26T10:00", { endedAt: "2026-11-26T11:00:00.000Z" }),
      planned("b", "26T11:00"),
      planned("c", "26T11:30", { cancelled: true }),
    ]);
    expect(found.size).toBe(0);
  });
});
