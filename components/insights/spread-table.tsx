import { SMALL_SAMPLE, type SpreadOf } from "#lib/domain/insights.ts";
import { formatAge } from "#lib/domain/time.ts";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";

/** Spans by phase or role, each with a bar to its middle and a line to its slow end, on one scale. */
export function SpreadTable({ label, spreads }: { label: string; spreads: readonly SpreadOf[] }) {
  const longest = Math.max(1, ...spreads.map(({ spread }) => spread.p90));
  return (
    <Table label={label}>
      <TableHead>
        <tr>
          <TableHeader>{label}</TableHeader>
          <TableHeader className="hidden w-1/3 sm:table-cell">
            <span className="sr-only">Drawn</span>
          </TableHeader>
          <TableHeader className="text-right">Half within</TableHeader>
          <TableHeader className="text-right">90 % within</TableHeader>
          <TableHeader className="text-right">Of</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {spreads.map(({ key, title, spread: { count, median, p90 } }) => (
          <TableRow key={key}>
            <TableCell className="font-medium">{title}</TableCell>
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
                  width={(p90 / longest) * 100}
                  height="2"
                  className="text-ink-faint"
                  fill="currentColor"
                />
                <rect
                  width={(median / longest) * 100}
                  height="10"
                  className="text-ink-muted"
                  fill="currentColor"
                />
              </svg>
            </TableCell>
            <TableCell numeric label="Half within">
              {formatAge(median)}
            </TableCell>
            <TableCell numeric label="90 % within">
              {formatAge(p90)}
            </TableCell>
            <TableCell
              numeric
              label="Of"
              className={count < SMALL_SAMPLE ? "text-attention-text" : "text-ink-muted"}
            >
              {count}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
