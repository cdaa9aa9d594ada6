/** What this device keeps under a key, as whoever kept it wrote it; null when there is nothing. */
export function keptOnDevice(key: string): unknown {
  try {
    const text = localStorage.getItem(key);
    return text === null ? null : JSON.parse(text);
  } catch {
    // A browser may refuse storage, and people may edit it: then nothing is kept.
    return null;
  }
}

/** Keeps a value, or forgets it when it is null. */
export function keepOnDevice(key: string, value: object | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Without storage a reload loses what was typed; the page itself still has it.
  }
}
