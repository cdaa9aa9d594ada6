"use client";

import { useMoment } from "#components/clock/use-moment.ts";
import { useDeployment, useRefresh } from "./use-deployment.ts";

/** Reads the record anew a second after this moment, by the server's clock. */
export function useRefreshAt(at: string | null): void {
  const { now } = useDeployment();
  useMoment(at, now, useRefresh());
}
