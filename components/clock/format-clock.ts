import { dayInWords, minuteInWords, secondInWords } from "#lib/domain/time.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * The launch clock, from milliseconds until T-0 (negative once it has passed):
 * `T-minus 2 d 04:11`, `T-minus 04:11:09`, `T+00:31:07`, `T+1 d 04:11`.
 */
export function formatLaunchClock(untilMs: number): string {
  return untilMs > 0
    ? `T-minus ${daysAndTime(ceilToSecond(untilMs))}`
    : `T+${daysAndTime(floorToSecond(-untilMs))}`;
}

/** What is left of a wait, from milliseconds: `12:04`, `1:12:04`; `0:00` once it is over. */
export function formatRemaining(remainingMs: number): string {
  const left = Math.max(0, ceilToSecond(remainingMs));
  const hours = Math.floor(left / HOUR);
  const minutes = Math.floor((left % HOUR) / MINUTE);
  const seconds = pad((left % MINUTE) / SECOND);
  return hours > 0 ? `${hours}:${pad(minutes)}:${seconds}` : `${minutes}:${seconds}`;
}

/** How long something took, in its largest unit and the next: `3 d 4 h`, `2 h 11 min`, `12 min`. */
export function formatSpan(ms: number): string {
  const [days, hours, minutes] = [ms / DAY, (ms % DAY) / HOUR, (ms % HOUR) / MINUTE].map(Math.floor);
  if (days) return hours ? `${days} d ${hours} h` : `${days} d`;
  if (hours) return minutes ? `${hours} h ${minutes} min` : `${hours} h`;
  return minutes ? `${minutes} min` : "under a minute";
}

/** How near a limit is: amber in its second half, red in its last quarter and when it is passed. */
export function limitTone(remainingMs: number, limitMs: number): "neutral" | "attention" | "blocked" {
  if (remainingMs <= limitMs / 4) return "blocked";
  return remainingMs <= limitMs / 2 ? "attention" : "neutral";
}

/** `just now`, `3 min ago`, `in 2 h`, `5 d ago`; the date itself beyond thirty days. */
export function formatRelative(atMs: number, nowMs: number): string {
  const distance = Math.abs(nowMs - atMs);
  if (distance < MINUTE) return "just now";
  if (distance > 30 * DAY) return formatDate(atMs);
  const amount = largestUnit(distance);
  return atMs <= nowMs ? `${amount} ago` : `in ${amount}`;
}

/** `24 Nov 2026, 10:52 UTC`: in UTC, so that everyone who reads a record reads the same. */
export function formatMoment(atMs: number): string {
  return minuteInWords(new Date(atMs).toISOString());
}

/** `24 Nov 2026, 10:52:07 UTC`, where moments lie close together. */
export function formatSecond(atMs: number): string {
  return secondInWords(new Date(atMs).toISOString());
}

/** `24 Nov 2026`, in UTC. */
export function formatDate(atMs: number): string {
  return dayInWords(new Date(atMs).toISOString());
}

function daysAndTime(ms: number): string {
  const days = Math.floor(ms / DAY);
  const hours = pad(Math.floor((ms % DAY) / HOUR));
  const minutes = pad(Math.floor((ms % HOUR) / MINUTE));
  if (days > 0) return `${days} d ${hours}:${minutes}`;
  return `${hours}:${minutes}:${pad((ms % MINUTE) / SECOND)}`;
}

function largestUnit(ms: number): string {
  if (ms >= DAY) return `${Math.floor(ms / DAY)} d`;
  if (ms >= HOUR) return `${Math.floor(ms / HOUR)} h`;
  return `${Math.floor(ms / MINUTE)} min`;
}

function pad(figure: number): string {
  return String(figure).padStart(2, "0");
}

function ceilToSecond(ms: number): number {
  return Math.ceil(ms / SECOND) * SECOND;
}

function floorToSecond(ms: number): number {
  return Math.floor(ms / SECOND) * SECOND;
}
