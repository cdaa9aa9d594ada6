import { setTimeout as sleep } from "node:timers/promises";
import { memoryBelow } from "#test/support/process-memory.ts";

const COLLECTED_MS = 3_000;

/** The options for Node with which a server's processes collect their garbage when they are told to. */
export const COLLECTS_WHEN_TOLD = `--import=${new URL("collect-on-signal.ts", import.meta.url).href}`;

/**
 * What the processes below one hold once their garbage is collected, in megabytes: most of what a
 * busy process holds is what V8 saw no reason to collect yet.
 */
export async function settledBelow(root: number): Promise<number> {
  for (const pid of memoryBelow(root).pids) process.kill(pid, "SIGUSR2");
  await sleep(COLLECTED_MS);
  return memoryBelow(root).megabytes;
}
