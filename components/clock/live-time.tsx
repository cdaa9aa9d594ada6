"use client";

import { Time } from "#components/ui/time.tsx";
import { useNow } from "./use-now.ts";

interface LiveTimeProps {
  /** The moment, ISO 8601. */
  at: string;
  /** The server's present, ISO 8601. */
  serverNow: string;
  className?: string;
}

/** `Time` on a page that stays open: its words keep up, minute by minute. */
export function LiveTime({ at, serverNow, className }: LiveTimeProps) {
  const now = useNow(serverNow, 60);
  return <Time at={at} now={new Date(now).toISOString()} className={className} />;
}
