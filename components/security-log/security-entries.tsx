import type { SecurityEntryView } from "#lib/queries/list-security-log.ts";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";

type SecurityEntriesProps = {
  readonly entries: readonly SecurityEntryView[];
  readonly now: string;
  readonly withPerson?: boolean;
};

/** Lines of the security log: when, who, what, from where. */
export function SecurityEntries({ entries, now, withPerson = false }: SecurityEntriesProps) {
  return (
    <Table label="Security log">
      <TableHead>
        <tr>
          <TableHeader>When</TableHeader>
          {withPerson && <TableHeader>Who</TableHeader>}
          <TableHeader>What</TableHeader>
          <TableHeader>From</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {entries.map(({ id, at, person, title, detail, address }) => (
          <TableRow key={id}>
            <TableCell className="sm:whitespace-nowrap">
              <Time at={at} now={now} exact={withPerson} />
            </TableCell>
            {withPerson && (
              <TableCell>
                {person?.name ?? <span className="text-ink-faint">somebody unknown</span>}
              </TableCell>
            )}
            <TableCell>
              {title}
              {detail !== null && <span className="text-ink-faint"> ({detail})</span>}
            </TableCell>
            <TableCell label="From" className="font-mono text-sm">
              {address ?? "–"}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
