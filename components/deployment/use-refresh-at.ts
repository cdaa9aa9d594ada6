"use client";

import { useEffect } from "react";
import { useDeployment, useRefresh } from "./use-deployment.ts";

/** Reads the record anew a second after this moment, by the server's clock. */
export function useRefreshAt(at: string | null): void {
  const { now } = useDeployment();
  const refresh = useRefresh();
  useEffect(() => {
    if (at === null) return;
    const left = Date.parse(at) - Date.parse(now);
    const timer = setTimeout(() => void refresh(), Math.min(Math.max(left, 0) + 1_000, LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  }, [at, now, refresh]);
}

// What a browser's timer can count.
const LONGEST_TIMER_MS = 2 ** 31 - 1;
