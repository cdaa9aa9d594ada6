"use client";

import { changeTeamDutiesAction, changeTeamSecondFactorAction } from "#lib/actions/people.ts";
import type { TeamView } from "#lib/queries/list-people.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import { useStepUp } from "#components/proof/step-up.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { TimeZoneButton } from "./time-zone-button.tsx";

const DUTIES = [
  { key: "openerMaySign", title: "Opener may sign" },
  { key: "deployerMaySign", title: "Deployer may sign" },
  { key: "mayHoldSeveralRoles", title: "One person, several roles" },
] as const;

type TeamsTableProps = { readonly teams: readonly TeamView[]; readonly choices: ProofChoices };

export function TeamsTable({ teams, choices }: TeamsTableProps) {
  const { run, pending, dialogs } = useStepUp(choices);
  const changeDuties = (input: object) => void run(changeTeamDutiesAction, () => input);
  const changeSecondFactor = (input: object) => void run(changeTeamSecondFactorAction, () => input);
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
                    onChange={(event) => changeDuties({ teamId: id, ...duties, [key]: event.target.checked })}
                  />
                </TableCell>
              ))}
              <TableCell label="Second factor to sign">
                <Checkbox
                  checked={secondFactorRequired}
                  disabled={pending}
                  aria-label={`Second factor to sign, ${name}`}
                  onChange={(event) => changeSecondFactor({ teamId: id, required: event.target.checked })}
                />
              </TableCell>
              <TableCell label="Time zone">
                <TimeZoneButton team={{ id, name, secondFactorRequired, timeZone, ...duties }} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {dialogs}
    </>
  );
}
