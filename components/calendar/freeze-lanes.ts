import { dayIn, type Day } from "#lib/domain/calendar.ts";
import { laterBy } from "#lib/domain/time.ts";
import type { FreezeRow } from "#lib/queries/list-freezes.ts";

export type Lanes = {
  /** The windows of a day from top to bottom; a gap where another day's window runs on beside it. */
  readonly of: (day: Day) => readonly (FreezeRow | null)[];
};

/** Gives each window one height for all of its days, so that it reads as one band. */
export function freezeLanes(freezes: readonly FreezeRow[], days: readonly Day[], zone: string): Lanes {
  const bands = freezes
    .map((freeze) => ({ freeze, first: dayIn(zone, freeze.startsAt), last: lastDay(freeze, zone) }))
    .filter(({ first, last }) => first <= (days.at(-1) ?? "") && last >= (days[0] ?? ""));
  const lanes: (typeof bands)[] = [];
  for (const band of bands) {
    const free = lanes.find((lane) =>
      lane.every(({ first, last }) => last < band.first || band.last < first),
    );
    if (free === undefined) lanes.push([band]);
    else free.push(band);
  }
  return {
    of: (day) => {
      const here = lanes.map(
        (lane) => lane.find(({ first, last }) => first <= day && day <= last)?.freeze ?? null,
      );
      const deepest = here.findLastIndex((freeze) => freeze !== null);
      return here.slice(0, deepest + 1);
    },
  };
}

// A window that ends at midnight does not touch the day that begins then.
function lastDay({ startsAt, endsAt }: FreezeRow, zone: string): Day {
  return dayIn(zone, endsAt > startsAt ? laterBy(endsAt, -1) : startsAt);
}
