"use client";

import { useEffect } from "react";
import { WaitClock } from "#components/clock/wait-clock.tsx";
import { useDeployment, useRefresh } from "./use-deployment.ts";

/** The count-down of a wait on this record, by the server's clock; at its end the record is read anew. */
export function LiveWait({ until }: { until: string }) {
  const { now } = useDeployment();
  const refresh = useRefresh();
  useEffect(() => {
    const left = Date.parse(until) - Date.parse(now);
    const timer = setTimeout(() => void refresh(), Math.min(Math.max(left, 0) + 1_000, LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  }, [until, now, refresh]);
  return <WaitClock until={until} serverNow={now} />;
}

// What a browser's timer can count.
const LONGEST_TIMER_MS = 2 ** 31 - 1;
