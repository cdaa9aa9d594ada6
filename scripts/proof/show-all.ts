import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { binary, ROOT } from "../runtime/paths.ts";
import { promiseFiles } from "./promise.ts";

// A promise that hangs is not kept.
const LIMIT_MS = 900_000;

/** Shows every promise at its CI size, each in a process of its own; counts them in `reportFile`. */
export async function showAll(reportFile: string | undefined): Promise<void> {
  const count = { numPassedTests: 0, numFailedTests: 0 };
  for (const [number, file] of promiseFiles()) {
    const { code, output } = await show(number);
    const passed = code === 0;
    count[passed ? "numPassedTests" : "numFailedTests"] += 1;
    const lines = output.trimEnd().split("\n");
    process.stdout.write(`${passed ? "ok  " : "FAIL"} ${file}  ${passed ? lines.at(-1) : `\n${output}`}\n`);
  }
  if (reportFile !== undefined) writeFileSync(reportFile, JSON.stringify(count));
  process.exitCode = count.numFailedTests > 0 ? 1 : 0;
}

async function show(number: number): Promise<{ code: number | null; output: string }> {
  const args = ["--disable-warning=ExperimentalWarning", "scripts/proof.ts", String(number), "--no-record"];
  const child = spawn(binary("node"), args, {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: LIMIT_MS,
  });
  let output = "";
  child.stdout.on("data", (chunk) => (output += String(chunk)));
  child.stderr.on("data", (chunk) => (output += String(chunk)));
  const code = await new Promise<number | null>((resolve) => child.on("exit", resolve));
  return { code, output };
}
