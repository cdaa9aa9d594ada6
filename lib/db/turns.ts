import { createFairTurns, type InFairTurn } from "#lib/fair-turns.ts";

type Door = { readonly inFairTurn: InFairTurn; atIt: number };

const doors = new Map<string, Door>();

/**
 * Runs tasks with the same key one after another within this process, so that they seldom meet in the
 * database, and those of one `who` no oftener than others': what somebody brings in heaps holds up nobody
 * else. Correctness does not rest on it: other processes have turns of their own.
 */
export async function inTurn<T>(key: string, who: string, task: () => Promise<T>): Promise<T> {
  const door = doors.get(key) ?? { inFairTurn: createFairTurns(Infinity), atIt: 0 };
  doors.set(key, door);
  door.atIt += 1;
  try {
    return await door.inFairTurn(who, 0, task);
  } finally {
    door.atIt -= 1;
    if (door.atIt === 0) doors.delete(key);
  }
}
