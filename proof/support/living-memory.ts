import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const PATIENCE_MS = 30_000;

/**
 * What these processes hold once their garbage is collected, on the heap and beside it, in megabytes.
 * Most of what the machine counts for a busy process is what V8 saw no reason to collect or give back.
 */
export type LivingMegabytes = (pids: readonly number[]) => Promise<number>;

/** Runs a task whose servers, started by it, say what lives on in their processes. */
export async function withLivingMemory<T>(task: (living: LivingMegabytes) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "countersign-memory-"));
  process.env.NODE_OPTIONS = `--import=${new URL("collect-on-signal.ts", import.meta.url).href}`;
  process.env.COUNTERSIGN_LIVING_BYTES = folder;
  try {
    return await task(async (pids) => {
      const bytes = await Promise.all(pids.map(async (pid) => livingBytes(folder, pid)));
      return bytes.reduce((sum, each) => sum + each, 0) / 2 ** 20;
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function livingBytes(folder: string, pid: number): Promise<number> {
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
