import Link from "next/link";
import { SERVICE_CHECK_TITLES } from "#lib/domain/service-check-groups.ts";
import type { ServiceRow } from "#lib/queries/list-services.ts";
import { StatusBadge } from "#components/board/status-badge.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";

/** One line a service: what runs of it, and how its newest deployment stands. */
export function ServicesTable({ services, now }: { services: readonly ServiceRow[]; now: string }) {
  return (
    <Table label="Services">
      <TableHead>
        <tr>
          <TableHeader>Service</TableHeader>
          <TableHeader>Running</TableHeader>
          <TableHeader>Newest deployment</TableHeader>
          <TableHeader>Live checks</TableHeader>
          <TableHeader className="text-right">Deployments</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {services.map(({ id, name, team, groups, deployments, running, newest }) => (
          <TableRow key={id} className="relative">
            <TableCell>
              <Link href={`/services/${id}`} className="row-link font-medium">
                {name}
              </Link>
              <span className="block text-sm text-ink-faint">{team}</span>
            </TableCell>
            <TableCell label="Running">
              {running === null ? (
                <span className="text-ink-faint">none known</span>
              ) : (
                <>
                  <span className="mr-1 font-mono">{running.version}</span>
                  <span className="text-sm text-ink-faint">
                    {" "}
                    {running.environment}, <Time at={running.at} now={now} />
                  </span>
                </>
              )}
            </TableCell>
            <TableCell label={newest === null ? undefined : "Newest"} className="max-sm:w-full">
              {newest !== null && (
                <span className="flex flex-wrap max-sm:inline-flex items-center gap-x-2 gap-y-1">
                  <Link
                    href={`/deployments/${newest.id}`}
                    className="relative z-1 font-mono hover:underline sm:min-w-18"
                  >
                    {newest.version}
                  </Link>
                  <span className="sm:min-w-34">
                    <StatusBadge status={newest.status} />
                  </span>
                  <Time at={newest.at} now={now} className="text-sm whitespace-nowrap text-ink-faint" />
                </span>
              )}
            </TableCell>
            <TableCell label="Live checks">
              {groups.length === 0 ? (
                <span className="text-ink-faint">not set up</span>
              ) : (
                <span className="inline-flex flex-wrap gap-1.5">
                  {groups.map((group) => (
                    <Badge key={group}>{SERVICE_CHECK_TITLES[group]}</Badge>
                  ))}
                </span>
              )}
            </TableCell>
            <TableCell numeric label="Deployments">
              {deployments}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
