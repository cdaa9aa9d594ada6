import { expect, test } from "vitest";
import { mentionedIn, namePrefix, namesLike, partsOf } from "#components/comments/mentions.ts";

const PEOPLE = [
  { id: "1", name: "Ada Lovelace" },
  { id: "2", name: "Ada" },
  { id: "3", name: "Grace Hopper" },
  { id: "4", name: "Grace Hopper" },
];

test.each([
  ["@Ada please", ["2"]],
  ["@Ada Lovelace, please", ["1"]],
  ["@Adam please", []],
  ["see (@Grace Hopper)", ["3", "4"]],
  ["@Ada and @Ada again", ["2"]],
  ["nobody@Nowhere", []],
])("%s names %j", (text, ids) => {
  expect(mentionedIn(text, PEOPLE)).toEqual(ids);
});

test.each([
  ["a https://example.com/x?y=1. b", ["plain a ", "link https://example.com/x?y=1", "plain . b"]],
  ["@Ada: (http://a.test/b)", ["mention @Ada", "plain : (", "link http://a.test/b", "plain )"]],
  ["javascript:alert(1) <b>", ["plain javascript:alert(1) <b>"]],
  ["https://a.test/@Ada", ["link https://a.test/@Ada"]],
  ["", []],
])("%s is taken apart", (text, parts) => {
  expect(partsOf(text, PEOPLE).map(({ kind, text: part }) => `${kind} ${part}`)).toEqual(parts);
  expect(
    partsOf(text, PEOPLE)
      .map(({ text: part }) => part)
      .join(""),
  ).toBe(text);
});

test.each([
  ["ask @gr", 7, { at: 4, typed: "gr" }],
  ["ask @Grace Ho", 13, { at: 4, typed: "Grace Ho" }],
  ["mail a@b", 8, null],
  ["@", 1, { at: 0, typed: "" }],
  ["@Ada was here", 13, null],
])("what is typed behind the @ in %j at %i", (text, caret, expected) => {
  expect(namePrefix(text, caret)).toEqual(expected);
});

test("names are found by the beginning of any of their words", () => {
  expect(namesLike("hop", PEOPLE, 1)).toEqual([{ id: "3", name: "Grace Hopper" }]);
  expect(namesLike("ada", PEOPLE, 6).map(({ id }) => id)).toEqual(["1"]);
  expect(namesLike("ce", PEOPLE, 6)).toEqual([]);
});
