import { expect, test } from "vitest";
import { createJudge, judgeReport } from "#lib/evidence/judge-report.ts";
import { CONTEXT } from "./judge.ts";

const PASSED = '<testsuite><testcase name="a"/></testsuite>';
const ask = { parameters: {}, context: CONTEXT };

test("a report is read once for all questions, and what is kept comes back", async () => {
  const task = { who: "somebody", checker: "junit", report: PASSED, questions: [ask, ask] };
  const { kept, results } = await judgeReport(task);
  expect(kept).toBe(PASSED);
  expect(results.map(({ verdict }) => verdict)).toEqual(["pass", "pass"]);
});

test("what is no such report says why, and the next one is judged", async () => {
  const [refused, judged] = await Promise.allSettled([
    judgeReport({ who: "somebody", checker: "junit", report: "<html/>", questions: [ask] }),
    judgeReport({ who: "somebody", checker: "junit", report: PASSED, questions: [ask] }),
  ]);
  expect(refused).toMatchObject({
    reason: { name: "Unreadable", message: "Not a JUnit report: there is no `testsuite`" },
  });
  expect(judged).toMatchObject({ value: { results: [{ verdict: "pass" }] } });
});

const LARGE = `<testsuite>${'<testcase name="a"/>'.repeat(500_000)}</testsuite>`;

test("what takes too long is stopped", async () => {
  const hasty = createJudge({ seconds: 0.05, megabytes: 1_024 });
  await expect(
    hasty({ who: "somebody", checker: "junit", report: LARGE, questions: [ask] }),
  ).rejects.toMatchObject({
    name: "Unreadable",
    message: "The report could not be judged within 0.05 seconds",
  });
});

test("what takes too much memory is stopped, and the next one is judged", async () => {
  const narrow = createJudge({ seconds: 20, megabytes: 32 });
  const [stopped, judged] = await Promise.allSettled([
    narrow({ who: "somebody", checker: "junit", report: LARGE, questions: [ask] }),
    narrow({ who: "somebody", checker: "junit", report: PASSED, questions: [ask] }),
  ]);
  expect(stopped).toMatchObject({
    reason: { name: "Unreadable", message: "The report takes too much memory to be judged" },
  });
  expect(judged).toMatchObject({ value: { results: [{ verdict: "pass" }] } });
}, 60_000);

test("an unknown checker is a mistake of ours, not of the report", async () => {
  await expect(judgeReport({ who: "somebody", checker: "none", report: "", questions: [] })).rejects.toThrow(
    "there is no checker of reports none",
  );
});
