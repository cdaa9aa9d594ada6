import { expect, test } from "vitest";
import type { Probe } from "#lib/domain/check-result.ts";
import { answer, run } from "./paper-outside.ts";

/** A look each minute from T-0 on; `red` minutes answer with an error, `missed` ones were not looked at. */
function probes(
  minutes: number,
  { red = [], missed = [] }: { red?: readonly number[]; missed?: readonly number[] } = {},
): readonly Probe[] {
  return Array.from({ length: minutes }, (_none, minute) => minute)
    .filter((minute) => !missed.includes(minute))
    .map((minute) => ({
      at: new Date(Date.parse("2026-03-10T11:00:00.000Z") + minute * 60_000).toISOString(),
      ok: !red.includes(minute),
      detail: "",
    }));
}

test.each([
  ["31 minutes green", 31, {}, "pass", "30 of 30"],
  ["18 minutes green", 18, {}, "unknown", "18 of 30"],
  ["a red minute in the middle", 40, { red: [15] }, "unknown", "24 of 30"],
  ["30 minutes after a red one", 50, { red: [15] }, "pass", "30 of 30"],
  ["a gap that nobody looked into", 40, { missed: [20, 21, 22, 23, 24] }, "unknown", "15 of 30"],
  ["a small gap", 40, { missed: [20] }, "pass", "30 of 30"],
])("30 minutes of health: %s", async (_what, minutes, faults, verdict, words) => {
  const now = new Date(Date.parse("2026-03-10T11:00:00.000Z") + minutes * 60_000).toISOString();
  const context = { now, t0At: "2026-03-10T11:00:00.000Z", probes: probes(minutes, faults) };
  const { result, probe } = await run(
    "http-health",
    { urls: ["https://www.example.com/"] },
    { greenMinutes: 30 },
    answer("ok"),
    context,
  );
  expect(result.verdict).toBe(verdict);
  expect(result.summary).toContain(words);
  expect(probe).toMatchObject({ ok: true });
});
