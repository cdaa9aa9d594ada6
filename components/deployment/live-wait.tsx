"use client";

import { WaitClock } from "#components/clock/wait-clock.tsx";
import { useDeployment } from "./use-deployment.ts";
import { useRefreshAt } from "./use-refresh-at.ts";

/** The count-down of a wait on this record, by the server's clock; at its end the record is read anew. */
export function LiveWait({ until }: { until: string }) {
  const { now } = useDeployment();
  useRefreshAt(until);
  return <WaitClock until={until} serverNow={now} />;
}
