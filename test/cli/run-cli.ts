import { spawn } from "node:child_process";
import { inject } from "vitest";
import { binary } from "#scripts/runtime/paths.ts";
import { CLI_FILE } from "#scripts/runtime/build-cli.ts";

export type Ran = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Runs the built program as a pipeline would. */
export async function runCli(
  token: string,
  args: readonly string[],
  url: string = inject("app").url,
): Promise<Ran> {
  const child = spawn(binary("node"), [CLI_FILE, ...args], {
    env: {
      NODE_ENV: "test",
      PATH: process.env.PATH ?? "",
      COUNTERSIGN_URL: url,
      COUNTERSIGN_TOKEN: token,
    },
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise<number>((resolve) => child.once("close", (status) => resolve(status ?? -1)));
  return { code, stdout: stdout.trim(), stderr: stderr.trim() };
}
