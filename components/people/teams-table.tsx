"use client";

import { changeTeamDutiesAction, changeTeamSecondFactorAction } from "#lib/actions/people.ts";
import type { TeamView } from "#lib/queries/list-people.ts";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { RefusalDialog } from "#components/forms/refusal-dialog.tsx";
import { TimeZoneButton } from "./time-zone-button.tsx";
import { usePageChange } from "#components/forms/use-page-change.ts";

const DUTIES = [
  { key: "openerMaySign", title: "Opener may sign" },
  { key: "deployerMaySign", title: "Deployer may sign" },
  { key: "mayHoldSeveralRoles", title: "One person, several roles" },
] as const;

export function TeamsTable({ teams }: { teams: readonly TeamView[] }) {
  const { run, pending, failure, forget } = usePageChange();
  return (
    <>
      <Table label="Teams, their separation of duties, their signatures and their time zones">
        <TableHead>
          <tr>
            <TableHeader>Team</TableHeader>
            {DUTIES.map(({ key, title }) => (
              <TableHeader key={key}>{title}</TableHeader>
            ))}
            <TableHeader>Second factor to sign</TableHeader>
            <TableHeader>Time zone</TableHeader>
          </tr>
        </TableHead>
        <TableBody>
          {teams.map(({ id, name, secondFactorRequired, timeZone, ...duties }) => (
            <TableRow key={id}>
              <TableCell className="font-medium">{name}</TableCell>
              {DUTIES.map(({ key, title }) => (
                <TableCell key={key} label={title}>
                  <Checkbox
                    checked={duties[key]}
                    disabled={pending}
                    aria-label={`${title}, ${name}`}
                    onChange={(event) =>
                      run(changeTeamDutiesAction, { teamId: id, ...duties, [key]: event.target.checked })
                    }
                  />
                </TableCell>
              ))}
              <TableCell label="Second factor to sign">
                <Checkbox
                  checked={secondFactorRequired}
                  disabled={pending}
                  aria-label={`Second factor to sign, ${name}`}
                  onChange={(event) =>
                    run(changeTeamSecondFactorAction, { teamId: id, required: event.target.checked })
                  }
                />
              </TableCell>
              <TableCell label="Time zone">
                <TimeZoneButton team={{ id, name, secondFactorRequired, timeZone, ...duties }} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <RefusalDialog failure={failure} onClose={forget} />
    </>
  );
}
