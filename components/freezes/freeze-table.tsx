import type { FreezeRow } from "#lib/queries/list-freezes.ts";
import Link from "next/link";
import { Badge } from "#components/ui/badge.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import { EndFreezeButton } from "./end-freeze-button.tsx";

/** The windows that stand or are to come, with what each stops and the way to end each for who may. */
export function FreezeTable({ freezes, now }: { freezes: readonly FreezeRow[]; now: string }) {
  return (
    <Table label="Freeze windows">
      <TableHead>
        <tr>
          <TableHeader>Why</TableHeader>
          <TableHeader>Team</TableHeader>
          <TableHeader>Environment</TableHeader>
          <TableHeader>From</TableHeader>
          <TableHeader>Until</TableHeader>
          <TableHeader>Stops</TableHeader>
          <TableHeader>State</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {freezes.map(({ id, reason, team, environment, startsAt, endsAt, createdBy, state, end, stops }) => (
          <TableRow key={id}>
            <TableCell>
              <span className="font-medium">{reason}</span>
              <span className="block text-sm text-ink-faint">{createdBy}</span>
            </TableCell>
            <TableCell>{team ?? "Every team"}</TableCell>
            <TableCell>{environment ?? "Every environment"}</TableCell>
            <TableCell className="whitespace-nowrap">
              <Time at={startsAt} now={now} exact />
            </TableCell>
            <TableCell className="whitespace-nowrap">
              <Time at={endsAt} now={now} exact />
            </TableCell>
            <TableCell label="Stops">
              {stops.length === 0 && <span className="text-ink-faint">nothing planned</span>}
              {stops.map((stopped) => (
                <Link
                  key={stopped.id}
                  href={`/deployments/${stopped.id}`}
                  className="block underline decoration-line-strong underline-offset-4 hover:decoration-ink"
                >
                  {stopped.service} <span className="ml-1 font-mono">{stopped.version}</span>
                </Link>
              ))}
            </TableCell>
            <TableCell>
              <span className="flex flex-wrap items-center gap-2">
                <Badge tone={state === "standing" ? "blocked" : "waiting"} icon="snowflake">
                  {state === "standing" ? "active" : "planned"}
                </Badge>
                {end.allowed && <EndFreezeButton id={id} reason={reason} />}
              </span>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
