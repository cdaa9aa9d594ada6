import { expect, test } from "vitest";
import { plainJson, plainLine } from "#lib/proof/plain-line.ts";

test.each([
  ["##vso[task.complete]", "# #vso[task.complete]"],
  ["###vso[task.complete]", "# # #vso[task.complete]"],
  ["::error::no", ": :error::no"],
  ["  ::error::no", "  : :error::no"],
  ["a\r\n::error::no", "a ::error::no"],
  ["\u001b[2J\u009b8m\u202e", "�[2J�8m�"],
  ["https://a.example/::1  and two spaces", "https://a.example/::1  and two spaces"],
])("%j is said as %j", (text, said) => {
  expect(plainLine(text)).toBe(said);
});

test("JSON is the same value, without what a log or a terminal obeys", () => {
  const value = { note: "###vso[x] \u001b[2J \u009b \u202e\n::error::" };
  const text = plainJson(value, 2);
  expect(JSON.parse(text)).toEqual(value);
  expect(text).not.toMatch(/##|[\u007f-\u009f\u202a-\u202e\u001b]|^\s*::/m);
});
