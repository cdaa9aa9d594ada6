/** Somebody has too much waiting already. */
export class TooMuchWaiting extends Error {
  override readonly name = "TooMuchWaiting";
}

type Waiting = { readonly begin: () => void; readonly weight: number };

/** Runs a task of somebody's when it is their turn. Rejects with `TooMuchWaiting`. */
export type InFairTurn = <T>(who: string, weight: number, task: () => Promise<T>) => Promise<T>;

/**
 * One task at a time. Of those who wait, whoever had their turn longest ago is next, so that nobody waits
 * for all that another has brought; and the tasks of one that wait weigh no more than `most` together.
 */
export function createFairTurns(most: number): InFairTurn {
  // In the order in which they are next.
  const waiting = new Map<string, Waiting[]>();
  let busy = false;

  const next = () => {
    const first = waiting.entries().next();
    if (first.done) {
      busy = false;
      return;
    }
    const [who, [task, ...rest]] = first.value;
    waiting.delete(who);
    if (rest.length > 0) waiting.set(who, rest);
    task?.begin();
  };

  return async (who, weight, task) => {
    if (busy) {
      const before = waiting.get(who) ?? [];
      const weighs = before.reduce((sum, each) => sum + each.weight, weight);
      if (before.length > 0 && weighs > most) throw new TooMuchWaiting();
      await new Promise<void>((begin) => waiting.set(who, [...before, { begin, weight }]));
    }
    busy = true;
    try {
      return await task();
    } finally {
      next();
    }
  };
}
