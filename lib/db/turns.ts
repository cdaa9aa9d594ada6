const turns = new Map<string, Promise<unknown>>();

/**
 * Runs tasks with the same key one after another within this process, so that they seldom meet
 * in the database. Correctness does not rest on it: other processes have turns of their own.
 */
export async function inTurn<T>(key: string, task: () => Promise<T>): Promise<T> {
  const previous = turns.get(key) ?? Promise.resolve();
  const mine = previous.then(task, task);
  turns.set(key, mine);
  try {
    return await mine;
  } finally {
    if (turns.get(key) === mine) turns.delete(key);
  }
}
