"use client";

import { useSyncExternalStore } from "react";

// What stands on this page of ticks that the server does not have yet: items of one record.
let kept: readonly string[] = [];
const NONE: readonly string[] = [];
const listeners = new Set<() => void>();

/** Says which items' changes are kept on this device until the server can be reached. */
export function noteKeptTicks(items: readonly string[]): void {
  if (items.length === 0 && kept.length === 0) return;
  kept = items;
  for (const listener of listeners) listener();
}

/** The items whose changes are kept, for whoever counts them. */
export function useKeptTicks(): readonly string[] {
  return useSyncExternalStore(
    listen,
    () => kept,
    () => NONE,
  );
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
