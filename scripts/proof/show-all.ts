import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { binary, ROOT } from "../runtime/paths.ts";
import { promiseFiles } from "./promise.ts";

// A promise that hangs is not kept.
const LIMIT_MS = 300_000;

// Each waits for its own Postgres, kills and clocks about as long as it computes.
const AT_ONCE = 2;

// Those that take longest begin first, so that none of them runs alone at the end.
const LONGEST: readonly number[] = [1, 3, 26, 22, 12, 2, 15];

/** Shows every promise at its CI size, each in a process of its own; counts them in `reportFile`. */
export async function showAll(reportFile: string | undefined): Promise<void> {
  const waiting = [...promiseFiles()].toSorted(([a], [b]) => placeOf(a) - placeOf(b));
  const kept: boolean[] = [];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      kept.push(await isKept(...next));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const numPassedTests = kept.filter(Boolean).length;
  const numFailedTests = kept.length - numPassedTests;
  if (reportFile !== undefined) writeFileSync(reportFile, JSON.stringify({ numPassedTests, numFailedTests }));
  process.exitCode = numFailedTests > 0 ? 1 : 0;
}

function placeOf(number: number): number {
  const place = LONGEST.indexOf(number);
  return place === -1 ? LONGEST.length : place;
}

async function isKept(number: number, file: string): Promise<boolean> {
  const { code, output } = await show(number);
  const last = output.trimEnd().split("\n").at(-1) ?? "";
  process.stdout.write(code === 0 ? `ok   ${file}  ${last}\n` : `FAIL ${file}  \n${output}\n`);
  return code === 0;
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
