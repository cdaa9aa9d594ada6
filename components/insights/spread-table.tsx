import type { SpreadOf } from "#lib/domain/insights.ts";
import { DAY, formatAge, formatWithin, HOUR, MINUTE } from "#lib/domain/time.ts";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";

type SpreadTableProps = {
  readonly label: string;
  readonly spreads: readonly SpreadOf[];
  /** What is counted: deployments, signatures. */
  readonly of: string;
};

/** Spans by phase or role, each with a bar to its middle and a line to its slow end, on one axis. */
export function SpreadTable({ label, spreads, of }: SpreadTableProps) {
  const longest = Math.max(1, ...spreads.map(({ spread }) => spread.p90));
  const end = AXIS_ENDS.find((each) => each >= longest * 1.1) ?? longest;
  return (
    <Table label={label}>
      <TableHead>
        <tr>
          <TableHeader>{label}</TableHeader>
          <TableHeader className="hidden w-full min-w-32 sm:table-cell">
            <span aria-hidden="true" className="flex justify-between">
              <span>0</span>
              <span>{formatAge(end)}</span>
            </span>
            <span className="sr-only">Drawn</span>
          </TableHeader>
          <TableHeader className="text-right">Half within</TableHeader>
          <TableHeader className="text-right">90 % within</TableHeader>
          <TableHeader className="text-right">{of}</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {spreads.map(({ key, title, spread: { count, median, p90 } }) => (
          <TableRow key={key}>
            <TableCell className="font-medium sm:whitespace-nowrap">{title}</TableCell>
            <TableCell className="hidden sm:table-cell">
              <svg
                viewBox="0 0 100 10"
                preserveAspectRatio="none"
                aria-hidden="true"
                className="h-2.5 w-full"
              >
                <rect width="100" height="10" className="text-sunken" fill="currentColor" />
                <rect
                  y="4"
                  width={(p90 / end) * 100}
                  height="2"
                  className="text-ink-faint"
                  fill="currentColor"
                />
                <rect
                  width={Math.max(0.5, (median / end) * 100)}
                  height="10"
                  className="text-ink-muted"
                  fill="currentColor"
                />
              </svg>
            </TableCell>
            <TableCell numeric label="Half within" className="sm:whitespace-nowrap">
              {formatWithin(median)}
            </TableCell>
            <TableCell numeric label="90 % within" className="sm:whitespace-nowrap">
              {formatWithin(p90)}
            </TableCell>
            <TableCell numeric label={of} className="text-ink-muted">
              {count}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** Where an axis may end, so that its end is a round span and no bar fills it for being the longest. */
const AXIS_ENDS = [
  ...[1, 2, 5, 10, 20, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 4, 8, 12].map((hours) => hours * HOUR),
  ...[1, 2, 3, 5, 7, 14, 30, 60, 90, 180, 365].map((days) => days * DAY),
];
