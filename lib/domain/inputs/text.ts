import { z } from "zod";

// Control characters other than tab and line breaks; Postgres refuses NUL, screens the rest.
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/;
// What takes no ink, or has no look of its own: two names may differ in it and look the same.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Default_Ignorable_Code_Point}\u2800]/u;

function clean(max: number) {
  return z
    .string()
    .trim()
    .max(max, `At most ${max} characters`)
    .refine(
      (text) => text.isWellFormed() && !CONTROL.test(text),
      "Contains characters that cannot be stored",
    );
}

/** A required text of at most `max` characters after trimming, without control characters. */
export function text(max: number, whenEmpty = "Required") {
  return clean(max).min(1, whenEmpty);
}

/** The same on one line. */
export function line(max: number, whenEmpty = "Required") {
  return text(max, whenEmpty).refine((value) => !/[\r\n]/.test(value), "Must be a single line");
}

/** A name: on one line, its spaces plain and single, and with no character that nobody sees. */
export function name(max: number, whenEmpty = "Required") {
  return line(max, whenEmpty)
    .overwrite((value) => value.replace(/[\t\p{Zs}]+/gu, " "))
    .refine((value) => !UNSEEN.test(value), "Contains characters that nobody sees");
}

/** A name by which records and freezes find each other: what only looks the same is the same. */
export function environmentName(max: number) {
  return name(max, "Name the environment").normalize("NFKC").max(max, `At most ${max} characters`);
}

/** A text that may be left out; an empty one counts as left out. */
export function optionalText(max: number) {
  return clean(max)
    .nullish()
    .transform((value) => (value === undefined || value === "" ? null : value));
}

/** An http or https address without credentials in it. */
export function webAddress() {
  return line(2_000).refine(isWebAddress, "Must be an http or https address without a password in it");
}

/** A point in time with its offset, kept as UTC to the millisecond; years 2000 to 2199. */
export function instant() {
  return z.iso
    .datetime({ offset: true, error: "Must be a date and time" })
    .transform((value) => new Date(value).toISOString())
    .refine((value) => value >= "2000" && value < "2200", "Must lie between the years 2000 and 2199");
}

export const itemKey = z.string().regex(/^[a-z0-9-]{1,80}$/, "Not an item key");
export const phaseKey = z.string().regex(/^[a-z0-9-]{1,80}$/, "Not a phase key");
/** In small letters, as the database says it: one thing has one name in histories, limits and turns. */
export const recordId = z.uuid("Not an id").overwrite((id) => id.toLowerCase());

/** The record that a change is about; refused when it is no longer at the revision named. */
export const deploymentRef = { deploymentId: recordId, ifRevision: z.int().positive().optional() };
export const reason = text(4_000, "Give a reason");

function isWebAddress(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password } = new URL(value);
  return (protocol === "https:" || protocol === "http:") && username === "" && password === "";
}
