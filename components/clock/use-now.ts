"use client";

import { useCallback, useEffect, useSyncExternalStore } from "react";
import { learnServerTime, onSecond, serverSecond } from "./server-clock.ts";

/**
 * The present in milliseconds by the server's clock, in whole seconds; all clocks of a page tick at
 * once. The first render shows `serverNow` (ISO 8601) on both sides.
 */
export function useNow(serverNow: string): number {
  useEffect(() => learnServerTime(serverNow), [serverNow]);
  const firstNow = useCallback(() => Math.floor(Date.parse(serverNow) / 1000) * 1000, [serverNow]);
  return useSyncExternalStore(onSecond, serverSecond, firstNow);
}
