import type { DeadJob } from "#lib/queries/list-dead-jobs.ts";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import { RunAgainButton } from "./run-again-button.tsx";

export function DeadJobsTable({ jobs, now }: { jobs: readonly DeadJob[]; now: string }) {
  return (
    <Table label="Failed jobs">
      <TableHead>
        <tr>
          <TableHeader>Job</TableHeader>
          <TableHeader>Why</TableHeader>
          <TableHeader>Failed</TableHeader>
          <TableHeader>
            <span className="sr-only">Actions</span>
          </TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {jobs.map(({ id, queue, about, why, failedAt }) => (
          <TableRow key={id}>
            <TableCell>
              <span className="font-medium">{queue}</span>
              <span className="block font-mono text-xs text-ink-faint">{about}</span>
            </TableCell>
            <TableCell className="max-w-md break-words">{why}</TableCell>
            <TableCell>
              <Time at={failedAt} now={now} />
            </TableCell>
            <TableCell className="text-right">
              <RunAgainButton jobId={id} queue={queue} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
