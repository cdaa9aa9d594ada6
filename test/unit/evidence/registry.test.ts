import { expect, test } from "vitest";
import { allItems, chooseChecklist } from "#lib/domain/checklist.ts";
import { TARGETS } from "#lib/domain/template.ts";
import { PRODUCTION_TEMPLATE } from "#lib/domain/templates/production.ts";
import { CHECKERS, findChecker } from "#lib/evidence/registry.ts";
import { judge } from "./judge.ts";

const checklist = chooseChecklist(PRODUCTION_TEMPLATE, TARGETS, "go-no-go");
const uses = allItems(checklist).flatMap(({ item }) =>
  (item.checks ?? []).map((use) => ({ item: item.key, use })),
);
const reports = CHECKERS.filter(({ kind }) => kind === "report");

test("keys are unique and fit in a URL", () => {
  const keys = CHECKERS.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  for (const key of keys) expect(key).toMatch(/^[a-z0-9-]{1,60}$/);
});

test.each(uses)("$item is wired to a checker that takes its parameters", ({ use }) => {
  const checker = findChecker(use.checker);
  expect(checker?.accepts(use.parameters)).toBe(true);
  expect(checker?.accepts({ nothing: "known" }) && Object.keys(use.parameters).length > 0).toBe(false);
});

test("every checker is wired to an item", () => {
  const wired = new Set(uses.map(({ use }) => use.checker));
  expect(CHECKERS.filter(({ key }) => !wired.has(key)).map(({ key }) => key)).toEqual([]);
});

const deep = (open: string, close: string, inner = "1") => open.repeat(10_000) + inner + close.repeat(10_000);
const HOSTILE: Readonly<Record<string, string>> = {
  nothing: "",
  blanks: "   \n\t ",
  NUL: "\u0000\u0000",
  null: "null",
  "a number": "42",
  "a text": '"report"',
  "an empty object": "{}",
  "an empty list": "[]",
  "cut JSON": '{"metadata":{"vulnerabilities":',
  "deep lists": deep("[", "]"),
  "deep objects": deep('{"a":', "}"),
  "a prototype":
    '{"__proto__":{"metadata":{"vulnerabilities":{"total":0}},"vulnerabilities":{},"auditReportVersion":2}}',
  "a constructor": '{"constructor":{"prototype":{"total":{}}}}',
  HTML: "<!doctype html><html><body>login</body></html>",
  "an entity bomb":
    '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><testsuites>&b;</testsuites>',
  "an external entity":
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><coverage lines-covered="1" lines-valid="1">&x;</coverage>',
  "deep XML": deep("<testsuite>", "</testsuite>", ""),
  "unclosed XML": "<testsuites><testsuite><testcase name='a'>",
  "YAML laughs": `a: &a [x,x,x,x,x,x,x,x,x]\n${"bcdefghi"
    .split("")
    .map((name, index) => `${name}: &${name} [${`*${"abcdefghi"[index]},`.repeat(9)}]`)
    .join("\n")}`,
  "a YAML circle": "a: &a\n  b: *a\n",
  "a YAML tag": "!!js/function 'function(){return 1}'",
  "YAML tabs": "\tkind: Deployment",
  "a broken TOML": "app = ",
  "half a TOML": "[[mounts]]\nsource = 1",
  garbage: "\u001f\u008b\u0008 PK\u0003\u0004",
  "two megabytes": "x".repeat(2_000_000),
  "a million brackets": "[".repeat(1_000_000),
  "a million tags": "<a>".repeat(300_000),
  "negative counts": '{"total":{"lines":{"total":-1,"covered":-1}}}',
  "not a number":
    '{"metrics":{"http_reqs":{},"http_req_duration":{"p(95)":"fast","p(99)":null},"http_req_failed":{"value":-1}}}',
};

test.each(
  reports.flatMap((checker) =>
    Object.entries(HOSTILE).map(([what, text]) => [checker.key, what, text] as const),
  ),
)("%s never passes %s", (key, _what, text) => {
  for (const parameters of uses.filter(({ use }) => use.checker === key).map(({ use }) => use.parameters)) {
    const began = performance.now();
    let verdict: string;
    try {
      verdict = judge(key, text, parameters).verdict;
    } catch (error) {
      verdict = error instanceof Error ? error.name : "no error";
    }
    expect(["Unreadable", "fail", "unknown"]).toContain(verdict);
    expect(performance.now() - began).toBeLessThan(5_000);
  }
});
