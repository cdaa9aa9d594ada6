import { expect, test, vi } from "vitest";
import { judge } from "./judge.ts";
import { answer, nowhere, run } from "./paper-outside.ts";

const BEYOND = "A figure is larger than any number that can be judged";
const scalar = (value: string) =>
  answer({ status: "success", data: { resultType: "scalar", result: [1, value] } });
const PROMETHEUS = { url: "https://p.example.com", jobs: [], queries: { errorRatePercent: "e" } };

test("a measured figure that no number holds any more is unknown", async () => {
  const parameters = { metrics: ["errorRatePercent"] };
  const { result } = await run("prometheus-slo", PROMETHEUS, parameters, scalar("1e308"));
  expect(result).toMatchObject({ verdict: "unknown", summary: BEYOND, values: {} });
});

const k6 = JSON.stringify({
  metrics: {
    http_reqs: { count: 10 },
    http_req_duration: { "p(95)": 1e308, "p(99)": 1e308 },
    http_req_failed: { value: 0 },
  },
});
const lines = "9".repeat(400);
const lcov = `TN:\nSF:a.js\nLF:${lines}\nLH:${lines}\nend_of_record\n`;

test.each([
  ["k6", k6, { metrics: ["apiLatencyP95Ms"] }],
  ["lcov", lcov, { metric: "coverage", atLeast: 80 }],
])("%s: a report of such a figure is unknown", (checker, report, parameters) => {
  expect(judge(checker, report, parameters)).toMatchObject({
    verdict: "unknown",
    summary: BEYOND,
    values: {},
  });
});

test("what nobody foresaw of an answer is unknown, and the log says what it was", async () => {
  const unforeseen = new RangeError("Invalid time value");
  const outside = { ...nowhere, tls: async () => Promise.reject(unforeseen) };
  const { result } = await run(
    "tls-certificate",
    { hosts: [{ host: "a.example" }] },
    { minDaysLeft: 21 },
    outside,
  );
  expect(result.verdict).toBe("unknown");
  expect(result.summary).toContain("the server's log says why");
  expect(console.error).toHaveBeenCalledExactlyOnceWith("fault in the check tls-certificate", unforeseen);
  vi.mocked(console.error).mockClear();
});
