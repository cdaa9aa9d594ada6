import { ROLE_TITLES } from "#lib/domain/roles.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import type { PersonView, TeamView } from "#lib/queries/list-people.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Initials } from "#components/ui/initials.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { PersonMenu } from "./person-menu.tsx";

type PeopleTableProps = {
  readonly people: readonly PersonView[];
  readonly teams: readonly TeamView[];
  readonly ownId: string;
  readonly choices: ProofChoices;
};

export function PeopleTable({ people, teams, ownId, choices }: PeopleTableProps) {
  return (
    <Table label="People and their roles">
      <TableHead>
        <tr>
          <TableHeader>Person</TableHeader>
          <TableHeader>Roles</TableHeader>
          <TableHeader>Second factor</TableHeader>
          <TableHeader>
            <span className="sr-only">Actions</span>
          </TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {people.map((person) => (
          <TableRow key={person.id} className="relative">
            <TableCell>
              <span className="flex items-center gap-2.5 max-sm:pr-10">
                <Initials name={person.name} decorative />
                <span>
                  <span className="font-medium">{person.name}</span>{" "}
                  {person.disabledAt !== null && <Badge tone="void">closed</Badge>}
                  <span className="block text-sm text-ink-faint">{person.email}</span>
                </span>
              </span>
            </TableCell>
            <TableCell>
              <span className="flex flex-wrap gap-1.5">
                {person.roles.length === 0 && <span className="text-ink-faint">no role</span>}
                {person.roles.map(({ role, teamId, teamName }) => (
                  <span key={`${role}${teamId}`} className="rounded-sm bg-hover px-2 py-0.5 text-sm">
                    {ROLE_TITLES[role]} <span className="text-ink-muted">{teamName ?? "all teams"}</span>
                  </span>
                ))}
              </span>
            </TableCell>
            <TableCell label="Second factor" className={person.secondFactor === null ? "text-ink-faint" : ""}>
              {person.secondFactor ?? "none"}
            </TableCell>
            <TableCell className="text-right max-sm:absolute max-sm:top-3 max-sm:right-3">
              <PersonMenu person={person} teams={teams} isSelf={person.id === ownId} choices={choices} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
