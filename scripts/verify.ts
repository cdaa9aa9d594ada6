import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBrowser } from "./runtime/ensure-browser.ts";
import { ROOT } from "./runtime/paths.ts";
import { PlainFailure, runMain } from "./runtime/plain-failure.ts";
import { readReport, type Count } from "./runtime/test-report.ts";
import { STEPS, type Step } from "./verify-steps.ts";

// `npm test` runs every step; `npm run verify -- --only unit,database` some of them.
await runMain(async () => {
  const rows = chosenSteps(process.argv.slice(2));
  const folder = mkdtempSync(join(tmpdir(), "countersign-verify-"));
  const total = { passed: 0, failed: 0 };
  try {
    if (rows.flat().some(({ needsBrowser }) => needsBrowser)) ensureBrowser();
    for (const row of rows) {
      const counts = await Promise.all(row.map(async (step) => run(step, join(folder, `${step.name}.json`))));
      for (const { passed, failed } of counts) {
        total.passed += passed;
        total.failed += failed;
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
  process.exitCode = total.failed > 0 ? 1 : 0;
});

function chosenSteps(args: readonly string[]): readonly (readonly Step[])[] {
  const [flag, given] = args;
  if (flag === undefined) return STEPS;
  if (flag !== "--only" || given === undefined)
    throw new PlainFailure("Usage: npm run verify -- [--only step,step]");
  const wanted = given.split(",");
  const names = STEPS.flat().map(({ name }) => name);
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new PlainFailure(`There is no step "${unknown}"; there are: ${names.join(", ")}`);
  return STEPS.map((row) => row.filter(({ name }) => wanted.includes(name)));
}

async function run(step: Step, reportFile: string): Promise<Count> {
  const began = Date.now();
  const { code, output } = await execute(step, reportFile);
  const count =
    step.report === undefined || code === null
      ? { passed: 1, failed: 0 }
      : readReport(step.report, reportFile);
  const failed = code !== 0 && count.failed === 0 ? 1 : count.failed;
  const seconds = ((Date.now() - began) / 1000).toFixed(1).padStart(6);
  const tests = step.report === undefined ? "" : `, ${count.passed} tests`;
  process.stdout.write(`${failed === 0 ? "ok  " : "FAIL"} ${step.name.padEnd(10)} ${seconds} s${tests}\n`);
  if (failed > 0) process.stdout.write(`${output}\n`);
  return { passed: failed > 0 && step.report === undefined ? 0 : count.passed, failed };
}

async function execute(step: Step, reportFile: string): Promise<{ code: number | null; output: string }> {
  const child = spawn(step.file, [...step.args, ...reporters(step, reportFile)], {
    cwd: ROOT,
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: reportFile, FORCE_COLOR: "0" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk) => (output += String(chunk)));
  child.stderr.on("data", (chunk) => (output += String(chunk)));
  const code = await new Promise<number | null>((resolve) => child.on("exit", resolve));
  return { code, output };
}

function reporters({ report }: Step, reportFile: string): readonly string[] {
  if (report === "vitest")
    return ["--reporter=default", "--reporter=json", `--outputFile.json=${reportFile}`];
  return report === "promises" ? ["--report", reportFile] : [];
}
