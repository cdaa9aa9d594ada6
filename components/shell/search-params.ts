import { laterBy, DAY } from "#lib/domain/time.ts";
import { readDay } from "#lib/domain/typed-dates.ts";

export type SearchParams = Promise<Readonly<Record<string, string | string[] | undefined>>>;

/** The named parameters of an address that are given once, not empty, and such as a database can be asked for. */
export async function queryOf<K extends string>(
  searchParams: SearchParams,
  keys: readonly K[],
): Promise<Partial<Record<K, string>>> {
  const given = await searchParams;
  const query: Partial<Record<K, string>> = {};
  for (const key of keys) {
    const value = given[key];
    if (typeof value === "string" && value !== "" && value.length <= 500 && !value.includes("\u0000")) {
      query[key] = value;
    }
  }
  return query;
}

/** Parameters as they stand in an address, without those that are not given. */
export function paramsOf(query: Readonly<Record<string, string | undefined>>): URLSearchParams {
  return new URLSearchParams(
    Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

/** From the start of one day until the end of another, in UTC; what names no day is not asked for. */
export function daysOf({ from, to }: { from?: string | undefined; to?: string | undefined }) {
  return { from: midnight(from, 0), to: midnight(to, DAY) };
}

function midnight(text: string | undefined, later: number): string | undefined {
  const day = readDay(text ?? "");
  return day.ok ? laterBy(day.value, later) : undefined;
}
