"use client";

import { WaitClock } from "#components/clock/wait-clock.tsx";
import { useDeployment } from "./use-deployment.ts";

/** The count-down of a wait on this record, by the server's clock. */
export function LiveWait({ until }: { until: string }) {
  const { now } = useDeployment();
  return <WaitClock until={until} serverNow={now} />;
}
