import { expect, test } from "vitest";
import { isActionArguments } from "#lib/api/action-arguments.ts";

test.each([
  "[]",
  "[{}]",
  '[{"deploymentId":"a","changes":[{"item":"cdn","to":"done"}]}]',
  '[null, true, 1.5, "text"]',
  '[{"price":"$$5","left":"$undefined","at":"$D2026-01-01T00:00:00.000Z","n":"$n12","x":["$NaN","$-Infinity","$-0"]}]',
])("%s is what screens send", (body) => {
  expect(isActionArguments(body)).toBe(true);
});

test.each([
  "",
  "{",
  "{}",
  "nul",
  '"text"',
  "42",
  "\u0000",
  '["$F1"]',
  '["$h1"]',
  '["$T1"]',
  '["$Q1"]',
  '["$W1"]',
  '["$K1"]',
  '["$i1"]',
  '["$@1"]',
  '["$1"]',
  '["$1:constructor:constructor"]',
  '["$B1"]',
  '["$R1"]',
  '["$L1"]',
  '[{"then":"$1:__proto__:then"}]',
  '[{"a":{"b":["$F1"]}}]',
  '[{"__proto__":{"admin":true}}]',
  "[".repeat(10_000),
  "[".repeat(10_000) + "]".repeat(10_000),
  `${'{"a":'.repeat(1_000)}1${"}".repeat(1_000)}`,
])("case %# is nothing that they send", (body) => {
  expect(isActionArguments(body)).toBe(false);
});
