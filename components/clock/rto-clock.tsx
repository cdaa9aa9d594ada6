"use client";

import { ClockFace } from "./clock-face.tsx";
import { formatMoment, formatRemaining } from "./format-clock.ts";
import { useNow } from "./use-now.ts";

interface RtoClockProps {
  /** When the recovery time is over, ISO 8601. */
  until: string;
  /** The server's present, ISO 8601. */
  serverNow: string;
}

/** In a line of a list: what is left for a rollback that runs, or by how much it is late. */
export function RtoClock({ until, serverNow }: RtoClockProps) {
  const untilMs = Date.parse(until);
  const remaining = untilMs - useNow(serverNow);
  const late = remaining <= 0;
  return (
    <ClockFace
      caption={late ? "RTO passed by" : "RTO left"}
      figures={formatRemaining(Math.abs(remaining))}
      tone={late ? "blocked" : "neutral"}
      dateTime={until}
      title={`RTO ends ${formatMoment(untilMs)}`}
    />
  );
}
