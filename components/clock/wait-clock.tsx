"use client";

import { Badge } from "#components/ui/badge.tsx";
import { formatMoment, formatRemaining } from "./format-clock.ts";
import { useNow } from "./use-now.ts";

interface WaitClockProps {
  /** When the wait is over, ISO 8601. */
  until: string;
  /** The server's present, ISO 8601. */
  serverNow: string;
}

/** A wait that the app counts down: blue while it runs, green when it is over. */
export function WaitClock({ until, serverNow }: WaitClockProps) {
  const untilMs = Date.parse(until);
  const remaining = untilMs - useNow(serverNow);
  if (remaining <= 0) return <Badge tone="done">wait over</Badge>;
  return (
    <Badge tone="waiting" icon="timer">
      <time dateTime={until} title={`until ${formatMoment(untilMs)}`} className="font-mono">
        {formatRemaining(remaining)}
      </time>
      left
    </Badge>
  );
}
