import type { DelegationView } from "#lib/queries/list-delegations.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Tone } from "#components/ui/tone.ts";
import { RevokeDelegationButton } from "./revoke-delegation-button.tsx";

const LOOK: Readonly<Record<DelegationView["state"], { tone: Tone; word: string }>> = {
  standing: { tone: "done", word: "stands" },
  coming: { tone: "waiting", word: "to come" },
  over: { tone: "neutral", word: "over" },
  revoked: { tone: "void", word: "ended" },
};

const CAUSES: Readonly<Record<string, string>> = {
  "role-lost": "the role was taken away",
  "account-closed": "an account was closed",
};

type DelegationsTableProps = {
  readonly label: string;
  readonly rows: readonly DelegationView[];
  readonly now: string;
  /** The caller's own, which they may end. */
  readonly mine?: boolean;
};

export function DelegationsTable({ label, rows, now, mine = false }: DelegationsTableProps) {
  return (
    <Table label={label}>
      <TableHead>
        <tr>
          <TableHeader>{mine ? "Stand-in" : "For"}</TableHeader>
          <TableHeader>Signs as</TableHeader>
          <TableHeader>From</TableHeader>
          <TableHeader>Until</TableHeader>
          <TableHeader>State</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {rows.map(({ id, from, to, role, startsAt, endsAt, state, endCause }) => (
          <TableRow key={id}>
            <TableCell className="font-medium">{mine ? to : from}</TableCell>
            <TableCell label="Signs as">{role}</TableCell>
            <TableCell label="From" className="whitespace-nowrap">
              <Time at={startsAt} now={now} exact />
            </TableCell>
            <TableCell label="Until" className="whitespace-nowrap">
              <Time at={endsAt} now={now} exact />
            </TableCell>
            <TableCell>
              <span className="flex flex-wrap items-center gap-2">
                <Badge tone={LOOK[state].tone}>{LOOK[state].word}</Badge>
                {endCause !== null && CAUSES[endCause] !== undefined && (
                  <span className="text-sm text-ink-faint">{CAUSES[endCause]}</span>
                )}
                {mine && (state === "standing" || state === "coming") && (
                  <RevokeDelegationButton id={id} to={to} />
                )}
              </span>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
