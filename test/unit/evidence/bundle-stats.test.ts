import { expect, test } from "vitest";
import { verdictOf } from "./judge.ts";

const BUDGET = { assetKilobytes: 100, totalKilobytes: 150 };
const small = { name: "a.js", size: 1_000 };
const big = { name: "big.js?x", size: 99_000_000 };

test.each([
  ["a build with errors", { assets: [small], errors: [{ message: "Module not found" }] }, "fail"],
  ["a build without errors", { assets: [small], errors: [] }, "pass"],
  ["a name with a query", { assets: [small, big] }, "fail"],
  ["a child's files", { assets: [small], children: [{ assets: [big] }] }, "fail"],
  ["a child's errors", { assets: [small], children: [{ assets: [], errors: ["x"] }] }, "fail"],
  ["several configurations", { children: [{ assets: [small] }, { assets: [big] }] }, "fail"],
  [
    "a child that repeats its parent's file",
    { assets: [{ name: "a.css", size: 90_000 }], children: [{ assets: [{ name: "a.css", size: 90_000 }] }] },
    "pass",
  ],
  [
    "two configurations over the whole budget",
    {
      children: [{ assets: [{ name: "a.js", size: 90_000 }] }, { assets: [{ name: "a.js", size: 90_000 }] }],
    },
    "fail",
  ],
  ["errors and nothing else", { assets: [], errors: ["x"] }, "fail"],
])("%s: %s", (_what, stats, verdict) => {
  expect(verdictOf("bundle-stats", JSON.stringify(stats), BUDGET)).toBe(verdict);
});
