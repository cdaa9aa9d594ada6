import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const PATIENCE_MS = 30_000;
const folder = mkdtempSync(join(tmpdir(), "countersign-memory-"));

/** With this environment, the processes of a server that is started say what lives on in them. */
export const TELLS_WHAT_LIVES: Readonly<Record<string, string>> = {
  NODE_OPTIONS: `--import=${new URL("collect-on-signal.ts", import.meta.url).href}`,
  COUNTERSIGN_LIVING_BYTES: folder,
};

/**
 * What these processes hold once their garbage is collected, on the heap and beside it, in megabytes.
 * Most of what the machine counts for a busy process is what V8 saw no reason to collect or give back.
 */
export async function livingMegabytes(pids: readonly number[]): Promise<number> {
  const bytes = await Promise.all(pids.map(livingBytes));
  return bytes.reduce((sum, each) => sum + each, 0) / 2 ** 20;
}

async function livingBytes(pid: number): Promise<number> {
  const file = join(folder, String(pid));
  rmSync(file, { force: true });
  process.kill(pid, "SIGUSR2");
  const deadline = Date.now() + PATIENCE_MS;
  while (!existsSync(file)) {
    if (Date.now() > deadline) throw new Error(`process ${pid} does not say what lives on in it`);
    await sleep(50);
  }
  return Number(readFileSync(file, "utf8"));
}
