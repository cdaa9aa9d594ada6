"use client";

import { ClockFace, type ClockSize } from "./clock-face.tsx";
import { formatMoment, formatRemaining, limitTone } from "./format-clock.ts";
import { useNow } from "./use-now.ts";

interface LimitClockProps {
  /** When the limit started to run, ISO 8601. */
  since: string;
  limitMinutes: number;
  /** The server's present, ISO 8601. */
  serverNow: string;
  /** What is limited: 'RTO'. */
  caption: string;
  size?: ClockSize;
}

/** What is left of a limit such as the RTO; once it is passed, by how much. */
export function LimitClock({ since, limitMinutes, serverNow, caption, size }: LimitClockProps) {
  const limitMs = limitMinutes * 60_000;
  const deadline = Date.parse(since) + limitMs;
  const remaining = deadline - useNow(serverNow);
  const passed = remaining <= 0;
  return (
    <ClockFace
      caption={passed ? `${caption} passed by` : `${caption} left`}
      figures={formatRemaining(Math.abs(remaining))}
      tone={limitTone(remaining, limitMs)}
      dateTime={new Date(deadline).toISOString()}
      title={`${caption} ends ${formatMoment(deadline)}`}
      size={size}
    />
  );
}
