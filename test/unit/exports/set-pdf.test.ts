import { expect, test } from "vitest";
import type { EventView } from "#lib/queries/event-view.ts";
import { createSetter, setPdf } from "#lib/exports/pdf/set-pdf.ts";
import { TestRecord } from "#test/support/records.ts";
import { asExported } from "./hostile.ts";

const RECORD = asExported(new TestRecord());
const TOO_LARGE = { reason: { code: "too-large", message: expect.stringContaining("signed bundle") } };

test("a document is set in a thread of its own", { timeout: 60_000 }, async () => {
  expect(
    Buffer.from(await setPdf(RECORD, "somebody"))
      .subarray(0, 5)
      .toString(),
  ).toBe("%PDF-");
});

test("one that takes too long is ended, and says what to take instead", async () => {
  const hasty = createSetter({ seconds: 0.05, megabytes: 1_024 });
  expect(await Promise.allSettled([hasty(RECORD, "somebody")])).toMatchObject([TOO_LARGE]);
});

test("one that takes too much memory is ended, and the next one is set", { timeout: 60_000 }, async () => {
  const narrow = createSetter({ seconds: 60, megabytes: 96 });
  const many = (event: EventView) =>
    Array.from({ length: 5_000 }, (_none, index) => ({ ...event, seq: index + 1 }));
  const huge = { ...RECORD, events: RECORD.events.flatMap(many) };
  const [ended, next] = await Promise.allSettled([narrow(huge, "somebody"), narrow(RECORD, "somebody")]);
  expect(ended).toMatchObject(TOO_LARGE);
  expect(next).toMatchObject({ status: "fulfilled" });
});

const outcomes = (all: readonly PromiseSettledResult<unknown>[]) =>
  all.map((one) => (one.status === "fulfilled" ? "set" : one.reason.code));

test("so many wait, and no more", { timeout: 60_000 }, async () => {
  const set = createSetter({ seconds: 60, megabytes: 1_024 });
  const asked = Array.from({ length: 8 }, async (_none, index) => set(RECORD, `person ${index}`));
  expect(outcomes(await Promise.allSettled(asked))).toEqual([
    ...Array.from({ length: 6 }, () => "set"),
    ...Array.from({ length: 2 }, () => "rate-limited"),
  ]);
});

test("one person has two waiting at most, and leaves room for another", { timeout: 60_000 }, async () => {
  const set = createSetter({ seconds: 60, megabytes: 1_024 });
  const asked = ["one", "one", "one", "one", "another"].map(async (who) => set(RECORD, who));
  expect(outcomes(await Promise.allSettled(asked))).toEqual(["set", "set", "set", "rate-limited", "set"]);
});
