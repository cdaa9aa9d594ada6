"use client";

import { useEffect } from "react";

/** Does something a second after a moment, by the server's clock, which showed `serverNow` when the page was made. */
export function useMoment(at: string | null, serverNow: string, then: () => void): void {
  useEffect(() => {
    if (at === null) return;
    const left = Date.parse(at) - Date.parse(serverNow);
    const timer = setTimeout(then, Math.min(Math.max(left, 0) + 1_000, LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  }, [at, serverNow, then]);
}

// What a browser's timer can count.
const LONGEST_TIMER_MS = 2 ** 31 - 1;
