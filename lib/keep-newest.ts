/** Keeps a value under its key, and of all keys only the `atMost` that were kept last. */
export function keepNewest<V>(kept: Map<string, V>, atMost: number, key: string, value: V): void {
  kept.delete(key);
  kept.set(key, value);
  const oldest = kept.keys().next();
  if (kept.size > atMost && !oldest.done) kept.delete(oldest.value);
}
