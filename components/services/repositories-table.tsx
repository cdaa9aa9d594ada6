import Link from "next/link";
import type { HeldRepository } from "#lib/queries/list-repositories.ts";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { FreeRepositoryButton } from "./free-repository-button.tsx";

export function RepositoriesTable({ repositories }: { repositories: readonly HeldRepository[] }) {
  return (
    <Table label="Repositories on GitHub">
      <TableHead>
        <tr>
          <TableHeader>Repository</TableHeader>
          <TableHeader>Environment</TableHeader>
          <TableHeader>Held by</TableHeader>
          <TableHeader>
            <span className="sr-only">Actions</span>
          </TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {repositories.map((held) => (
          <TableRow key={held.serviceId}>
            <TableCell className="font-mono break-all">{held.repository}</TableCell>
            <TableCell>{held.environment}</TableCell>
            <TableCell>
              <Link href={`/services/${held.serviceId}`} className="font-medium hover:underline">
                {held.service}
              </Link>
              <span className="block text-sm text-ink-faint">{held.team}</span>
            </TableCell>
            <TableCell className="text-right">
              <FreeRepositoryButton held={held} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
