/** `1 event`, `1,204 events`. */
export function plural(count: number, noun: string): string {
  return `${count.toLocaleString("en-GB")} ${noun}${count === 1 ? "" : "s"}`;
}

/** The head of a list: `3 tokens`, `1 token`, `Tokens` where its body says that there are none. */
export function countedTitle(count: number, noun: string): string {
  return count === 0 ? `${noun[0]?.toUpperCase()}${noun.slice(1)}s` : plural(count, noun);
}
