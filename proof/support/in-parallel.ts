/** Does a task for every value, so many at a time. */
export async function inParallel<T>(
  width: number,
  values: readonly T[],
  task: (value: T) => Promise<void>,
): Promise<void> {
  const waiting = [...values];
  const work = async () => {
    for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) await task(value);
  };
  await Promise.all(Array.from({ length: width }, work));
}
