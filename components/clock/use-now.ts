"use client";

import { useCallback, useEffect, useSyncExternalStore } from "react";
import { learnServerTime, onSecond, serverTime } from "./server-clock.ts";

/**
 * The present in milliseconds by the server's clock, ticking in steps of `stepSeconds`; all clocks
 * of a page tick at once. The first render shows `serverNow` (ISO 8601) on both sides.
 */
export function useNow(serverNow: string, stepSeconds = 1): number {
  const stepMs = stepSeconds * 1000;
  useEffect(() => learnServerTime(serverNow), [serverNow]);
  const now = useCallback(() => serverTime(stepMs), [stepMs]);
  const firstNow = useCallback(
    () => Math.floor(Date.parse(serverNow) / stepMs) * stepMs,
    [serverNow, stepMs],
  );
  return useSyncExternalStore(onSecond, now, firstNow);
}
