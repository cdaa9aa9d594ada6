"use client";

import { useSyncExternalStore } from "react";

/** The reader's own zone; UTC until the page runs in their browser, since the server cannot know it. */
export function useTimeZone(): string {
  return useSyncExternalStore(
    neverChanges,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => "UTC",
  );
}

function neverChanges(): () => void {
  return () => undefined;
}
