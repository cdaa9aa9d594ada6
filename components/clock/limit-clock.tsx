"use client";

import { Meter } from "#components/ui/meter.tsx";
import { ClockFace, type ClockSize } from "./clock-face.tsx";
import { formatMoment, formatRemaining, limitTone } from "./format-clock.ts";
import { useNow } from "./use-now.ts";

interface LimitClockProps {
  /** When the limit is reached, ISO 8601. */
  until: string;
  /** How long it is in all; with it, a bar shows what is left. */
  limitMinutes?: number;
  /** The server's present, ISO 8601. */
  serverNow: string;
  /** What is limited: 'RTO'. */
  caption: string;
  size?: ClockSize;
}

/** What is left of a limit such as the RTO; once it is passed, by how much. */
export function LimitClock({ until, limitMinutes, serverNow, caption, size }: LimitClockProps) {
  const untilMs = Date.parse(until);
  const remaining = untilMs - useNow(serverNow);
  const passed = remaining <= 0;
  const tone = limitTone(remaining, (limitMinutes ?? 0) * 60_000);
  const face = (
    <ClockFace
      caption={passed ? `${caption} passed by` : `${caption} left`}
      figures={formatRemaining(Math.abs(remaining))}
      of={limitMinutes === undefined ? undefined : `of ${limitMinutes} min`}
      tone={tone}
      dateTime={until}
      title={`${caption} ends ${formatMoment(untilMs)}`}
      size={size}
    />
  );
  if (limitMinutes === undefined) return face;
  return (
    <span className="inline-grid gap-1">
      {face}
      <Meter
        label={`${caption}, time left`}
        value={passed ? limitMinutes : remaining / 60_000}
        max={limitMinutes}
        tone={tone}
        className={size === "wall" ? "h-2" : undefined}
      />
    </span>
  );
}
