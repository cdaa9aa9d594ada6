import type { Day } from "./calendar.ts";
import type { Instant } from "./deployment.ts";
import { DAY, dayInWords, MINUTE } from "./time.ts";

/** What was typed, or why it names no day or moment. */
export type Typed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: string };

const DAY_FORM = "Write it like 27 Nov 2026";
const MOMENT_FORM = "Write it like 27 Nov 2026, 22:44";

/** `27 Nov 2026`; empty for what is no day. */
export function writeDay(day: Day): string {
  return Number.isNaN(Date.parse(day)) ? "" : dayInWords(day);
}

/**
 * `27 Nov 2026, 22:44` as the clocks of a zone show a moment. The later of two hours that the clocks
 * show twice carries its offset, so that it is read back as itself.
 */
export function writeMoment(zone: string, instant: Instant): string {
  const at = Math.floor(Date.parse(instant) / MINUTE) * MINUTE;
  const offset = offsetAt(zone, at);
  const text = wallText(at + offset);
  return momentsOf(zone, at + offset)[0] === at ? text : `${text} ${offsetText(offset)}`;
}

/** A day as people write it, day before month: `27 Nov 2026`, `Nov 27, 2026`, `27.11.2026`, `2026-11-27`. */
export function readDay(text: string): Typed<Day> {
  const words = text.trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(words);
  if (iso !== null) return dayOf(iso[1], iso[2], iso[3]);
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)?[\s.-]*([a-z]{3,9})\.?[\s,-]*(\d{4})$/i.exec(words);
  if (dayFirst !== null) return dayOf(dayFirst[3], monthOf(dayFirst[2]), dayFirst[1]);
  const monthFirst = /^([a-z]{3,9})\.?\s*(\d{1,2})(?:st|nd|rd|th)?[\s,]+(\d{4})$/i.exec(words);
  if (monthFirst !== null) return dayOf(monthFirst[3], monthOf(monthFirst[1]), monthFirst[2]);
  const dots = /^(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})$/.exec(words);
  if (dots !== null) return dayOf(dots[3], dots[2], dots[1]);
  const slashes = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(words);
  return slashes === null ? refused(DAY_FORM) : slashedDay(slashes[1], slashes[2], slashes[3]);
}

/**
 * A moment as people write it on the clocks of a zone: a day as `readDay` takes it, then `22:44`,
 * `22.44` or `10:44 pm`; with `Z`, `UTC` or an offset after it, on those clocks instead. Of two hours that
 * the clocks show twice it is the earlier one.
 */
export function readMoment(zone: string, text: string): Typed<Instant> {
  const parts = /^(.*?\d{4}|\d{4}-\d{1,2}-\d{1,2})(?:[\s,]+(?:at\s+)?|T)(\d.*)$/i.exec(text.trim());
  const day = readDay(parts?.[1] ?? text);
  if (!day.ok) return day.why === DAY_FORM ? refused(MOMENT_FORM) : day;
  const time =
    /^(\d{1,2})(?:[:.](\d{2}))?(?:[:.]\d{2}(?:\.\d+)?)?\s*([ap]m)?\s*(Z|UTC|GMT|[+−-]\d{2}:?\d{2})?$/i.exec(
      parts?.[2] ?? "",
    );
  if (time === null || (time[2] ?? time[3]) === undefined) return refused("Add the time, like 22:44");
  const minutes = minutesOf(Number(time[1]), Number(time[2] ?? "0"), time[3]?.toLowerCase());
  if (minutes === null) return refused("There is no such time of day");
  const wall = Date.parse(`${day.value}T00:00:00.000Z`) + minutes * MINUTE;
  const moments = time[4] === undefined ? momentsOf(zone, wall) : [wall - offsetFrom(time[4])];
  const [first] = moments;
  if (first === undefined) return refused(`The clocks of ${zone} skip this time`);
  return { ok: true, value: new Date(first).toISOString() };
}

const MONTH_NAMES =
  "january february march april may june july august september october november december".split(" ");

function refused(why: string): { readonly ok: false; readonly why: string } {
  return { ok: false, why };
}

function monthOf(word = ""): string {
  return String(MONTH_NAMES.findIndex((name) => name.startsWith(word.toLowerCase())) + 1);
}

// With slashes the world disagrees about which number is the month, so it is taken only where it is certain.
function slashedDay(one = "", other = "", year = ""): Typed<Day> {
  if (Number(one) <= 12 && Number(other) <= 12 && Number(one) !== Number(other))
    return refused("Day or month first? Write the month as a word");
  return Number(one) > 12 ? dayOf(year, other, one) : dayOf(year, one, other);
}

function dayOf(year = "", month = "", day = ""): Typed<Day> {
  if (month === "0") return refused(DAY_FORM);
  const value = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const moment = new Date(`${value}T00:00:00.000Z`);
  const exists = !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(value);
  return exists ? { ok: true, value } : refused("There is no such day");
}

function minutesOf(hour: number, minute: number, half: string | undefined): number | null {
  if (minute > 59 || hour > (half === undefined ? 23 : 12) || (half !== undefined && hour === 0)) return null;
  if (half === undefined) return hour * 60 + minute;
  return ((hour % 12) + (half === "pm" ? 12 : 0)) * 60 + minute;
}

/** The moments at which a zone's clocks show this, earliest first: none, one or two. */
function momentsOf(zone: string, wall: number): readonly number[] {
  const offsets = [offsetAt(zone, wall - DAY), offsetAt(zone, wall + DAY)];
  return [...new Set(offsets.map((offset) => wall - offset))]
    .filter((at) => at + offsetAt(zone, at) === wall)
    .toSorted((one, other) => one - other);
}

/** How far a zone's clocks are ahead of UTC at a moment, in milliseconds. */
function offsetAt(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone: zone,
    calendar: "gregory",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((candidate) => candidate.type === type)?.value);
  const wall = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"));
  return wall - Math.floor(at / MINUTE) * MINUTE;
}

function offsetFrom(text: string): number {
  const parts = /([+−-])(\d{2}):?(\d{2})/.exec(text);
  if (parts === null) return 0;
  return (parts[1] === "+" ? 1 : -1) * (Number(parts[2]) * 60 + Number(parts[3])) * MINUTE;
}

function offsetText(offset: number): string {
  const minutes = Math.abs(offset) / MINUTE;
  const pad = (figure: number) => String(figure).padStart(2, "0");
  return `${offset < 0 ? "-" : "+"}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

function wallText(wall: number): string {
  const iso = new Date(wall).toISOString();
  return `${writeDay(iso.slice(0, 10))}, ${iso.slice(11, 16)}`;
}
