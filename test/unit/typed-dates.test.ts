import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDay, readMoment, writeDay, writeMoment } from "#lib/domain/typed-dates.ts";

const day = (text: string) => {
  const read = readDay(text);
  return read.ok ? read.value : read.why;
};
const moment = (text: string, zone = "Europe/Vienna") => {
  const read = readMoment(zone, text);
  return read.ok ? read.value : read.why;
};

describe("a day", () => {
  test.each([
    "27 Nov 2026",
    " 27 november 2026 ",
    "27. Nov. 2026",
    "27th Nov, 2026",
    "27-Nov-2026",
    "Nov 27, 2026",
    "November 27th 2026",
    "2026-11-27",
    "27.11.2026",
    "27. 11. 2026",
    "27/11/2026",
    "11/27/2026",
  ])("is read from '%s'", (text) => {
    expect(day(text)).toBe("2026-11-27");
  });

  test.each([
    ["", "Write it like 27 Nov 2026"],
    ["tomorrow", "Write it like 27 Nov 2026"],
    ["27 Nov", "Write it like 27 Nov 2026"],
    ["27 Nov 26", "Write it like 27 Nov 2026"],
    ["27 Foo 2026", "Write it like 27 Nov 2026"],
    ["27 Nov 2026 and more", "Write it like 27 Nov 2026"],
    ["31 Nov 2026", "There is no such day"],
    ["29 Feb 2026", "There is no such day"],
    ["0 Nov 2026", "There is no such day"],
    ["2026-13-01", "There is no such day"],
    ["03/04/2026", "Day or month first? Write the month as a word"],
  ])("is not read from '%s'", (text, why) => {
    expect(day(text)).toBe(why);
  });

  test("that is the same either way round needs no word", () => {
    expect(day("04/04/2026")).toBe("2026-04-04");
  });

  test("is written as the product writes it, and nothing else is", () => {
    expect(writeDay("2026-11-07")).toBe("7 Nov 2026");
    expect(writeDay("junk")).toBe("");
  });
});

describe("a moment", () => {
  test.each([
    "27 Nov 2026, 22:44",
    "27 Nov 2026 22.44",
    "27 Nov 2026 at 10:44 pm",
    "Nov 27, 2026, 10:44PM",
    "2026-11-27T22:44",
    "2026-11-27 22:44:59",
    "2026-11-27T21:44:00.000Z",
    "27 Nov 2026, 21:44 UTC",
    "2026-11-27T16:44-05:00",
    "27 Nov 2026, 22:44 +01:00",
  ])("is read from '%s'", (text) => {
    expect(moment(text)).toBe("2026-11-27T21:44:00.000Z");
  });

  test.each([
    ["", "Write it like 27 Nov 2026, 22:44"],
    ["soon", "Write it like 27 Nov 2026, 22:44"],
    ["27 Nov 2026", "Add the time, like 22:44"],
    ["27 Nov 2026, 22", "Add the time, like 22:44"],
    ["27 Nov 2026, noon", "Write it like 27 Nov 2026, 22:44"],
    ["27 Nov 2026, 24:00", "There is no such time of day"],
    ["27 Nov 2026, 22:60", "There is no such time of day"],
    ["27 Nov 2026, 13:00 pm", "There is no such time of day"],
    ["31 Nov 2026, 10:00", "There is no such day"],
    ["03/04/2026 10:00", "Day or month first? Write the month as a word"],
  ])("is not read from '%s'", (text, why) => {
    expect(moment(text)).toBe(why);
  });

  test("is at midnight and noon where the two halves of the day begin", () => {
    expect(moment("27 Nov 2026 12 am", "UTC")).toBe("2026-11-27T00:00:00.000Z");
    expect(moment("27 Nov 2026 12:30 pm", "UTC")).toBe("2026-11-27T12:30:00.000Z");
  });

  test("that the clocks skip is refused, with the zone's name", () => {
    expect(moment("29 Mar 2026, 02:30")).toBe("The clocks of Europe/Vienna skip this time");
    expect(moment("29 Mar 2026, 01:59")).toBe("2026-03-29T00:59:00.000Z");
    expect(moment("29 Mar 2026, 03:00")).toBe("2026-03-29T01:00:00.000Z");
  });

  test("that the clocks show twice is the earlier one; the later one carries its offset", () => {
    expect(moment("25 Oct 2026, 02:30")).toBe("2026-10-25T00:30:00.000Z");
    expect(moment("25 Oct 2026, 02:30 +01:00")).toBe("2026-10-25T01:30:00.000Z");
    expect(writeMoment("Europe/Vienna", "2026-10-25T00:30:00.000Z")).toBe("25 Oct 2026, 02:30");
    expect(writeMoment("Europe/Vienna", "2026-10-25T01:30:00.000Z")).toBe("25 Oct 2026, 02:30 +01:00");
  });

  test("is read back as it was written, in whatever zone", () => {
    const zones = ["UTC", "Europe/Vienna", "America/St_Johns", "Pacific/Chatham", "Australia/Lord_Howe"];
    const minutes = fc.integer({ min: Date.UTC(2000, 0) / 60_000, max: Date.UTC(2100, 0) / 60_000 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), minutes, (zone, minute) => {
        const instant = new Date(minute * 60_000).toISOString();
        expect(moment(writeMoment(zone, instant), zone)).toBe(instant);
      }),
    );
  });
});
