import type { AccessView } from "#lib/queries/list-accesses.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";

export function AccessTable({ accesses, now }: { accesses: readonly AccessView[]; now: string }) {
  return (
    <Table label="Who looked at what">
      <TableHead>
        <tr>
          <TableHeader>When</TableHeader>
          <TableHeader>Who</TableHeader>
          <TableHeader>Did</TableHeader>
          <TableHeader>What</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {accesses.map(({ id, at, who, act, subject, deployment }) => (
          <TableRow key={id}>
            <TableCell className="whitespace-nowrap">
              <Time at={at} now={now} exact />
            </TableCell>
            <TableCell className="font-medium">{who}</TableCell>
            <TableCell>
              <Badge icon={null} tone={act === "exported" ? "waiting" : "neutral"}>
                {act}
              </Badge>
            </TableCell>
            <TableCell className="max-w-md break-words">
              {deployment !== null && (
                <a
                  href={`/deployments/${deployment.id}`}
                  className="underline decoration-line-strong underline-offset-2"
                >
                  {deployment.title}
                </a>
              )}
              {deployment !== null && ": "}
              {subject}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
