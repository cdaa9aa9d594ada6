import { randomBytes, timingSafeEqual } from "node:crypto";
import { now } from "#lib/clock.ts";
import { DAY, laterBy } from "#lib/domain/time.ts";
import { keyedHash } from "./sealing.ts";

/** How long a browser knows an account that signed in there. */
export const DEVICE_DAYS = 180;
/** Accounts that one browser knows, the newest first: a machine in a hall has many. */
const KNOWN_AT_MOST = 8;
const ENTRY = /^(\d{13})\.([\w-]{22})\.([0-9a-f]{64})$/;

export type Account = { readonly id: string; readonly devicesEndedAt: Date | null };

/**
 * Which of an account's devices somebody comes from, by what their browser keeps of earlier sign-ins; null
 * where it is none, or is none any more. It opens nothing: it says whose guesses are counted together.
 */
export function deviceOf(kept: string | null, account: Account | null): string | null {
  if (account === null) return null;
  return entriesIn(kept).find((entry) => isOf(entry, account))?.nonce ?? null;
}

/** What the browser keeps after this account has signed in on it, instead of what it kept before. */
export function withDevice(kept: string | null, account: Account): string {
  const others = entriesIn(kept).filter((entry) => !isOf(entry, account));
  const [at, nonce] = [Date.parse(now()), randomBytes(16).toString("base64url")];
  const entry = { at, nonce, mac: macOf(at, nonce, account) };
  return [entry, ...others]
    .slice(0, KNOWN_AT_MOST)
    .map((each) => `${each.at}.${each.nonce}.${each.mac}`)
    .join("~");
}

type Entry = { readonly at: number; readonly nonce: string; readonly mac: string };

function entriesIn(kept: string | null): readonly Entry[] {
  return (kept ?? "")
    .split("~", KNOWN_AT_MOST)
    .map((each) => ENTRY.exec(each))
    .filter((match) => match !== null)
    .map(([, at = "", nonce = "", mac = ""]) => ({ at: Number(at), nonce, mac }));
}

function isOf({ at, nonce, mac }: Entry, account: Account): boolean {
  const { devicesEndedAt } = account;
  if (devicesEndedAt !== null && at <= devicesEndedAt.getTime()) return false;
  if (at < Date.parse(laterBy(now(), -DEVICE_DAYS * DAY))) return false;
  return timingSafeEqual(Buffer.from(mac), Buffer.from(macOf(at, nonce, account)));
}

function macOf(at: number, nonce: string, { id }: Account): string {
  return keyedHash("device", `${id} ${at} ${nonce}`);
}
