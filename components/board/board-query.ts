import type { DeploymentFilter } from "#lib/queries/list-deployments.ts";
import { STATUSES, type Status } from "#lib/domain/status.ts";
import { DAY, laterBy } from "#lib/domain/time.ts";

/** The board's filters as they stand in the address. */
export const BOARD_FILTERS = ["q", "status", "team", "whose", "when"] as const;

export type BoardQuery = { readonly [K in (typeof BOARD_FILTERS)[number]]?: string | undefined };

export const WHOSE = { awaiting: "My turn to sign", mine: "My deployments and items" } as const;

/** Spans of the deployment date, from and to so many days from now. */
export const WHEN = {
  "next-day": { title: "Next 24 hours", days: [0, 1] },
  "next-week": { title: "Next 7 days", days: [0, 7] },
  "last-week": { title: "Last 7 days", days: [-7, 0] },
  "last-month": { title: "Last 30 days", days: [-30, 0] },
} as const;

const ENDED: readonly Status[] = ["completed", "rolled-back", "cancelled"];

/** What the filters ask for at `now`; a value that none of them knows asks for nothing. */
export function filterFrom(query: BoardQuery, now: string): Omit<DeploymentFilter, "cursor" | "limit"> {
  const span = Object.entries(WHEN).find(([key]) => key === query.when)?.[1].days;
  return {
    search: query.q,
    status: statusesOf(query.status),
    team: query.team,
    awaitingMe: query.whose === "awaiting",
    mine: query.whose === "mine",
    ...(span !== undefined && { from: laterBy(now, span[0] * DAY), to: laterBy(now, span[1] * DAY) }),
  };
}

function statusesOf(status: string | undefined): readonly Status[] | undefined {
  if (status === "open") return STATUSES.filter((candidate) => !ENDED.includes(candidate));
  const known = STATUSES.find((candidate) => candidate === status);
  return known === undefined ? undefined : [known];
}
