import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "#scripts/runtime/free-port.ts";
import { binary, ROOT } from "#scripts/runtime/paths.ts";

const FOLDER = join(ROOT, "bench", "bare-page");

export type BareNext = {
  readonly url: string;
  readonly folder: string;
  readonly process: ChildProcess;
  readonly stop: () => Promise<void>;
};

/**
 * Builds and starts the bare page and actions that ours are measured against, in as many processes
 * as ours. They write to tables of the benchmark, so they connect as the owner.
 */
export async function startBareNext(databaseUrl: string): Promise<BareNext> {
  const env = { ...process.env, NODE_ENV: "production" as const, APP_DATABASE_URL: databaseUrl };
  const built = spawnSync(binary("next"), ["build", FOLDER], { cwd: ROOT, env, encoding: "utf8" });
  if (built.status !== 0)
    throw new Error(`the bare page could not be built:\n${built.stdout}${built.stderr}`);
  const port = await freePort();
  const child = spawn(
    binary("node"),
    ["scripts/runtime/serve.ts", "start", FOLDER, "-H", "127.0.0.1", "-p", String(port)],
    { cwd: ROOT, env, stdio: "ignore" },
  );
  const url = `http://127.0.0.1:${port}`;
  while (
    !(await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    ))
  )
    await sleep(100);
  return {
    url,
    folder: FOLDER,
    process: child,
    stop: async () => {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await gone;
    },
  };
}
