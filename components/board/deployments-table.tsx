"use client";

import type { BoardRow } from "#lib/queries/board.ts";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useCallback, useRef } from "react";
import { Clock } from "#components/clock/clock.tsx";
import { LimitClock } from "#components/clock/limit-clock.tsx";
import { useMoment } from "#components/clock/use-moment.ts";
import { asRoute } from "#components/ui/as-route.ts";
import { cn } from "#components/ui/class-names.ts";
import { buttonVariants } from "#components/ui/button-variants.ts";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import { useRowKeys } from "#components/ui/use-row-keys.ts";
import { Awaited } from "./awaited.tsx";
import { DateWarnings } from "./date-warnings.tsx";
import { BreakGlassBadge } from "./break-glass-badge.tsx";
import { PhaseRailMini } from "./phase-rail-mini.tsx";
import { StatusBadge } from "./status-badge.tsx";

type DeploymentsTableProps = {
  readonly rows: readonly BoardRow[];
  readonly now: string;
  readonly label: string;
  readonly tab?: string;
  /** What the reader is to do with each, on its line. */
  readonly deed?: string;
  /** On the page of their service, which names it and its team. */
  readonly ofOneService?: boolean;
};

/** One line a record: what, where it stands, the clock, whose move it is, what happened last. j and k move. */
export function DeploymentsTable({
  rows,
  now,
  label,
  tab = "",
  deed,
  ofOneService = false,
}: DeploymentsTableProps) {
  const list = useRef<HTMLTableSectionElement>(null);
  useRowKeys(list);
  const router = useRouter();
  const nextEnd = rows.flatMap(({ holdsUntil }) => holdsUntil ?? []).toSorted()[0];
  useMoment(
    nextEnd ?? null,
    now,
    useCallback(() => router.refresh(), [router]),
  );
  return (
    <Table label={label}>
      <TableHead>
        <tr>
          <TableHeader>Deployment</TableHeader>
          <TableHeader>Status</TableHeader>
          <TableHeader>Phase</TableHeader>
          <TableHeader>Clock</TableHeader>
          <TableHeader>{deed === undefined ? "Waits for" : "Your turn"}</TableHeader>
          <TableHeader className="w-[22%] max-lg:hidden">Last event</TableHeader>
        </tr>
      </TableHead>
      <TableBody ref={list}>
        {rows.map((row) => (
          <TableRow key={row.id} data-row className="relative">
            <TableCell className="lg:min-w-52">
              <Link href={asRoute(`/deployments/${row.id}${tab}`)} data-open className="row-link font-medium">
                {!ofOneService && <span className="mr-1">{row.service} </span>}
                <span className={cn("font-mono", !ofOneService && "font-normal")}>{row.version}</span>
              </Link>
              <span className="block text-sm text-ink-faint">
                <span className="font-mono">{row.commit.slice(0, 7)}</span> · {row.environment}
                {!ofOneService && ` · ${row.team}`}
              </span>
            </TableCell>
            <TableCell className="max-sm:min-w-36">
              <span className="flex flex-col items-start gap-1">
                <StatusBadge status={row.status} />
                <BreakGlassBadge state={row.breakGlass} />
              </span>
            </TableCell>
            <TableCell className="max-sm:order-1 max-sm:grow">
              <PhaseRailMini {...row} />
            </TableCell>
            <TableCell className="max-sm:order-1">
              {row.endedAt === null ? (
                <span className="flex flex-col items-start gap-1">
                  <RowClock row={row} now={now} />
                  <DateWarnings row={row} />
                </span>
              ) : (
                <Time at={row.endedAt} now={now} exact className="text-ink-muted" />
              )}
            </TableCell>
            <TableCell
              label={deed === undefined && !row.awaitsMe ? "Waits for" : undefined}
              className={cn(
                "max-sm:order-2 lg:min-w-36",
                deed !== undefined && "max-sm:w-full",
                row.endedAt !== null && "max-sm:hidden",
              )}
            >
              <span className="inline-flex flex-col items-start gap-2">
                <Awaited row={row} />
                {deed !== undefined && (
                  <span
                    aria-hidden="true"
                    className={cn(
                      buttonVariants({ variant: "primary", size: "sm" }),
                      "max-sm:h-11 max-sm:text-base",
                    )}
                  >
                    {deed}
                  </span>
                )}
              </span>
            </TableCell>
            <TableCell className="max-w-0 text-ink-muted max-lg:hidden">
              {row.lastEvent !== null && (
                <span title={row.lastEvent} className="block truncate">
                  {row.lastEvent}
                </span>
              )}
              <Time
                at={row.lastEventAt}
                now={now}
                className="block text-sm whitespace-nowrap text-ink-faint"
              />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function RowClock({ row, now }: { row: BoardRow; now: string }) {
  if (row.rtoEndsAt === null) return <Clock at={row.t0At ?? row.deploymentAt} serverNow={now} />;
  return <LimitClock until={row.rtoEndsAt} serverNow={now} caption="RTO" />;
}
