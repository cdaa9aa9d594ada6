import { expect, test } from "vitest";
import { environmentName, line, name } from "#lib/domain/inputs/text.ts";
import { inputRefusals } from "#test/support/input-refusals.ts";

const UNSEEN = { "": "Contains characters that nobody sees" };

test.each([
  ["a zero-width space", "production\u200B"],
  ["a zero-width joiner", "pro\u200Dduction"],
  ["a soft hyphen", "pro\u00ADduction"],
  ["a turn of direction", "\u202Eproduction"],
  ["a mark of order", "pro\uFEFFduction"],
  ["a control character of the upper half", "pro\u0085duction"],
  ["a separator of lines", "pro\u2028duction"],
  ["a private character", "pro\uE000duction"],
  ["a variation selector", "production\uFE0F"],
  ["a filler without ink", "production\u3164"],
  ["a blank of Braille", "production\u2800"],
  ["a tag", "production\u{E0041}"],
])("no name has %s", (_what, value) => {
  expect(inputRefusals(name(100), value)).toEqual(UNSEEN);
  expect(inputRefusals(environmentName(100), value)).toEqual(UNSEEN);
});

test.each([
  ["Größe ё 生产 اسم ไทย", "Größe ё 生产 اسم ไทย"],
  ["pre\u00A0prod", "pre prod"],
  [" pre \u3000 prod\t2 ", "pre prod 2"],
  ["e\u0301 👍🏽", "e\u0301 👍🏽"],
])("of a name %j stays what is seen: %j", (value, kept) => {
  expect(name(100).parse(value)).toBe(kept);
});

test("an environment is one whatever the form of its letters", () => {
  expect(environmentName(64).parse("ｐｒｏｄｕｃｔｉｏｎ")).toBe("production");
  expect(environmentName(64).parse("pre\u2003\u2003prod-cafe\u0301")).toBe("pre prod-café");
  expect(inputRefusals(environmentName(64), " ")).toEqual({ "": "Name the environment" });
  expect(inputRefusals(environmentName(64), "\uFDFA".repeat(10))).toEqual({ "": "At most 64 characters" });
});

test("a line that is no name keeps its spaces", () => {
  expect(line(100).parse("v=spf1  -all")).toBe("v=spf1  -all");
});
