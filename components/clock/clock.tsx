"use client";

import { ClockFace, type ClockSize } from "./clock-face.tsx";
import { formatLaunchClock, formatMoment } from "./format-clock.ts";
import { useNow } from "./use-now.ts";

interface ClockProps {
  /** T-0, ISO 8601. */
  at: string;
  /** The server's present, ISO 8601. */
  serverNow: string;
  caption?: string;
  size?: ClockSize;
}

/** T-minus until the moment, T-plus after it. */
export function Clock({ at, serverNow, caption, size }: ClockProps) {
  const atMs = Date.parse(at);
  const now = useNow(serverNow);
  return (
    <ClockFace
      figures={formatLaunchClock(atMs - now)}
      dateTime={at}
      title={`T-0: ${formatMoment(atMs)}`}
      caption={caption}
      size={size}
    />
  );
}
