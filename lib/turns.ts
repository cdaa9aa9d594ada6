import pLimit, { type LimitFunction } from "p-limit";

/** Does something for a caller, when it is their turn. */
export type InTurnOf = <T>(caller: string, task: () => Promise<T>) => Promise<T>;

/** Turns by caller: a process does so many things of one at once, and the others of theirs wait. */
export function createTurns(atOnce: number): InTurnOf {
  const turns = new Map<string, LimitFunction>();
  return async (caller, task) => {
    const turn = turns.get(caller) ?? pLimit(atOnce);
    turns.set(caller, turn);
    try {
      return await turn(task);
    } finally {
      // The task itself counts as active until this is over.
      if (turn.pendingCount === 0 && turn.activeCount <= 1) turns.delete(caller);
    }
  };
}
