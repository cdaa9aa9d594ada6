import Link from "next/link";
import { SERVICE_CHECK_TITLES } from "#lib/domain/service-check-groups.ts";
import type { ServiceRow } from "#lib/queries/list-services.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";

export function ServicesTable({ services }: { services: readonly ServiceRow[] }) {
  return (
    <Table label="Services">
      <TableHead>
        <tr>
          <TableHeader>Service</TableHeader>
          <TableHeader>Team</TableHeader>
          <TableHeader>Live checks</TableHeader>
          <TableHeader className="text-right">Deployments</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {services.map(({ id, name, team, groups, deployments }) => (
          <TableRow key={id}>
            <TableCell>
              <Link href={`/services/${id}`} className="font-medium hover:underline">
                {name}
              </Link>
            </TableCell>
            <TableCell>{team}</TableCell>
            <TableCell label="Live checks">
              <span className="flex flex-wrap gap-1.5">
                {groups.length === 0 && <span className="text-ink-faint">none yet</span>}
                {groups.map((group) => (
                  <Badge key={group}>{SERVICE_CHECK_TITLES[group]}</Badge>
                ))}
              </span>
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
