import { describe, expect, test } from "vitest";
import { readYaml, writeYaml } from "#lib/evidence/reports/yaml-documents.ts";

const banner = (blanks: number) => `banner: |2\n  ${" ".repeat(blanks)}${"=".repeat(150)}\n`;

test.each([34, 60, 10_000])("a text that begins with %i blanks is no nesting", (blanks) => {
  expect(readYaml(banner(blanks), "a text")).toEqual([
    { banner: `${" ".repeat(blanks)}${"=".repeat(150)}\n` },
  ]);
});

test.each([
  ["brackets in a plain text", `a: x${"[".repeat(61)}`],
  ["brackets in quotes", `a: "${"[{".repeat(61)}"`],
  ["brackets in a comment", `a: 1 # ${"[".repeat(61)}`],
  ["fifty levels", Array.from({ length: 50 }, (_none, level) => `${" ".repeat(level)}a:`).join("\n")],
])("%s are read", (_what, text) => {
  expect(readYaml(text, "a text")).toHaveLength(1);
});

test.each([
  ["lists in a row", "- ".repeat(10_000)],
  ["keys in a row", "? ".repeat(10_000)],
  ["brackets", `${"[".repeat(10_000)}${"]".repeat(10_000)}`],
  ["indentation", Array.from({ length: 100 }, (_none, level) => `${" ".repeat(level)}a:`).join("\n")],
])("%s are nested too deeply", (_what, text) => {
  expect(() => readYaml(text, "a text")).toThrow("Not a text: it is nested too deeply");
});

describe("keys", () => {
  test.each(["a: 1\nb: 2\na: 3", "{ a: 1, a: 2 }", "x:\n  - 'a': 1\n    \"a\": 2"])(
    "stand once: %s",
    (text) => {
      expect(() => readYaml(text, "a text")).toThrow("a key stands twice");
    },
  );

  test("a hundred thousand of them are read in work that grows with their number", () => {
    const text = Array.from({ length: 100_000 }, (_none, index) => `k${index}: v`).join("\n");
    expect(Object.keys(Object(readYaml(text, "a text")[0]))).toHaveLength(100_000);
  }, 30_000);
});

test("a stream of aliases is not looked up, a few hundred are", () => {
  const aliases = (count: number) =>
    Array.from({ length: count }, (_none, index) => `- &a${index} x\n- *a${index}\n`).join("");
  expect(readYaml(aliases(500), "a text")).toEqual([Array.from({ length: 1_000 }, () => "x")]);
  expect(() => readYaml(aliases(70_000), "a text")).toThrow("Not a text: it has more than 500 aliases");
});

test("an error names its line", () => {
  expect(() => readYaml("a: 1\nb: [1", "a text")).toThrow("YAML error at line 2");
});

test("what is longer than 5 MB is not begun", () => {
  expect(() => readYaml("a".repeat(5_000_001), "a text")).toThrow("longer than 5 MB");
});

test("empty documents are left out, and values are written back as a stream", () => {
  expect(readYaml("---\n---\na: 1\n---\n# nothing\n", "a text")).toEqual([{ a: 1 }]);
  expect(readYaml(writeYaml([{ a: 1 }, { b: [2] }]), "a text")).toEqual([{ a: 1 }, { b: [2] }]);
});
