import type { Instant } from "./deployment.ts";

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The instant `milliseconds` after another one; negative moves it earlier. */
export function laterBy(instant: Instant, milliseconds: number): Instant {
  return new Date(Date.parse(instant) + milliseconds).toISOString();
}

/** A moment to the minute, in UTC: `27 Dec 2026, 08:00 UTC`. */
export function minuteInWords(instant: Instant): string {
  return `${dayInWords(instant)}, ${instant.slice(11, 16)} UTC`;
}

/** A moment to the second, in UTC: `27 Dec 2026, 08:00:12 UTC`. */
export function secondInWords(instant: Instant): string {
  return `${dayInWords(instant)}, ${instant.slice(11, 19)} UTC`;
}

/** The day of a moment, in UTC: `27 Nov 2026`. */
export function dayInWords(instant: Instant): string {
  const date = new Date(instant);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** A span as people say it: `1 h 12 min`, `3 d 4 h`, `0 min`. */
export function formatAge(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / MINUTE));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`;
}

/** The same of a span within which something was done: what took seconds took a minute at most. */
export function formatWithin(milliseconds: number): string {
  return formatAge(milliseconds === 0 ? 0 : Math.max(milliseconds, MINUTE));
}

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
