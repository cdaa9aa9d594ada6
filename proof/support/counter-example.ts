/** Ends a run with what breaks the promise. */
export function refute(message: string): never {
  throw new Error(`counter-example: ${message}`);
}

/** Rejects unless something holds, with what was found instead. */
export function hold(condition: boolean, message: string): asserts condition {
  if (!condition) refute(message);
}
