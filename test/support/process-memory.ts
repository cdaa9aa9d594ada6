import { readdirSync, readFileSync } from "node:fs";

export type ProcessMemory = {
  readonly pids: readonly number[];
  /** Of their own, without what they share; in megabytes. */
  readonly megabytes: number;
};

/** What the descendants of a process hold. Only where there is a /proc; elsewhere it sees none. */
export function memoryBelow(root: number): ProcessMemory {
  const parents = new Map(allProcesses().map((pid) => [pid, number("PPid", pid)]));
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent !== undefined && (parent === root || isBelow(parent));
  };
  const pids = [...parents.keys()].filter(isBelow);
  return { pids, megabytes: pids.reduce((sum, pid) => sum + number("RssAnon", pid), 0) / 1024 };
}

function allProcesses(): readonly number[] {
  try {
    return readdirSync("/proc").map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

// A process that has just ended holds nothing, and is nobody's child.
function number(name: string, pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
  } catch {
    return 0;
  }
}
