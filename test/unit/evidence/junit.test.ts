import { expect, test } from "vitest";
import { verdictOf } from "./judge.ts";

const PASSED = '<testcase name="a"/>';
const FAILED = '<testcase name="b"><failure/></testcase>';
const printed = (text: string) =>
  `<testsuite><testcase name="a"><system-out>${text}</system-out></testcase></testsuite>`;

test.each([
  [
    "a failed suite in an unknown element",
    `<testsuites><group><testsuite>${FAILED}</testsuite></group>${PASSED}</testsuites>`,
    "fail",
  ],
  [
    "a failed case in an unknown element",
    `<testsuites><a><b><c>${FAILED}</c></b></a>${PASSED}</testsuites>`,
    "fail",
  ],
  [
    "an unknown element that holds nothing",
    `<testsuites><info><version>1</version></info>${PASSED}</testsuites>`,
    "pass",
  ],
  [
    "properties",
    `<testsuite><properties><property name="a" value="b"/></properties>${PASSED}</testsuite>`,
    "pass",
  ],
  [
    "failures that the root counts",
    `<testsuites failures="1"><testsuite>${PASSED}</testsuite></testsuites>`,
    "fail",
  ],
  [
    "sums that agree",
    `<testsuites tests="1" failures="0"><testsuite tests="1">${PASSED}</testsuite></testsuites>`,
    "pass",
  ],
  ["a status in capitals", '<testsuite><testcase name="a" status="FAILED"/></testsuite>', "fail"],
  [
    "unclosed tags in a comment",
    `<testsuite><!-- ${"<li>".repeat(200)} <!DOCTYPE html> -->${PASSED}</testsuite>`,
    "pass",
  ],
  ["a comment's end inside CDATA", printed("<![CDATA[ <!-- <!DOCTYPE html> ]]>"), "pass"],
  ["CDATA inside a comment", `<testsuite><!-- <![CDATA[ -->${PASSED}</testsuite>`, "pass"],
  ["a document type behind a comment", `<!-- ]]> --><!DOCTYPE a>${printed("x")}`, "unreadable"],
  ["a comment without an end", `<testsuite>${PASSED}<!-- `, "unreadable"],
])("%s: %s", (_what, report, verdict) => {
  expect(verdictOf("junit", report)).toBe(verdict);
});
