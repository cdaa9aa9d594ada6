import { formatMoment, formatRelative } from "#components/clock/format-clock.ts";

interface TimeProps {
  /** The moment, ISO 8601. */
  at: string;
  /** The server's present, ISO 8601: with it, server and browser write the same words. */
  now: string;
  /** The full moment in UTC instead of the distance, where exactness matters more. */
  exact?: boolean;
  className?: string;
}

/** A moment as its distance from now, with the full moment on hover. It does not tick. */
export function Time({ at, now, exact = false, className }: TimeProps) {
  const atMs = Date.parse(at);
  const moment = formatMoment(atMs);
  return (
    <time dateTime={at} title={moment} className={className}>
      {exact ? moment : formatRelative(atMs, Date.parse(now))}
    </time>
  );
}
