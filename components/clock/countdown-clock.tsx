"use client";

import { ClockFace } from "./clock-face.tsx";
import { formatMoment, formatRemaining } from "./format-clock.ts";
import { useNow } from "./use-now.ts";

interface CountdownClockProps {
  /** When the wait is over, ISO 8601. */
  until: string;
  /** The server's present, ISO 8601. */
  serverNow: string;
  /** What is waited for. */
  caption: string;
}

/** A wait in figures for a wall: blue while it runs, green when it is over. */
export function CountdownClock({ until, serverNow, caption }: CountdownClockProps) {
  const untilMs = Date.parse(until);
  const remaining = untilMs - useNow(serverNow);
  return (
    <ClockFace
      caption={caption}
      figures={remaining <= 0 ? "over" : formatRemaining(remaining)}
      tone={remaining <= 0 ? "done" : "waiting"}
      dateTime={until}
      title={`until ${formatMoment(untilMs)}`}
      size="board"
    />
  );
}
