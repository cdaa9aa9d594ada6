"use client";

import { useState } from "react";
import type { TeamView } from "#lib/queries/list-people.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import { later } from "#components/ui/later.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { type Protection, PROTECTIONS } from "./protections.ts";
import { TimeZoneButton } from "./time-zone-button.tsx";

const ProtectionDialog = later(() => import("./protection-dialog.tsx"));

type TeamsTableProps = { readonly teams: readonly TeamView[]; readonly choices: ProofChoices };

/** Teams with what protects their signatures; each rule says in words whether it is on. */
export function TeamsTable({ teams, choices }: TeamsTableProps) {
  const [open, setOpen] = useState<{ team: TeamView; protection: Protection } | null>(null);
  return (
    <>
      <Table label="Teams, what protects their signatures, and their time zones">
        <TableHead>
          <tr>
            <TableHeader>Team</TableHeader>
            {PROTECTIONS.map(({ key, title }) => (
              <TableHeader key={key}>{title}</TableHeader>
            ))}
            <TableHeader>Time zone</TableHeader>
          </tr>
        </TableHead>
        <TableBody>
          {teams.map((team) => (
            <TableRow key={team.id}>
              <TableCell className="font-medium">{team.name}</TableCell>
              {PROTECTIONS.map((protection) => (
                <TableCell key={protection.key} label={protection.title}>
                  <ProtectionButton
                    isOn={protection.isOn(team)}
                    label={`${protection.title}, ${team.name}`}
                    onPress={() => setOpen({ team, protection })}
                  />
                </TableCell>
              ))}
              <TableCell label="Time zone">
                <TimeZoneButton team={team} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {open && <ProtectionDialog {...open} choices={choices} onClose={() => setOpen(null)} />}
    </>
  );
}

type ProtectionButtonProps = {
  readonly isOn: boolean;
  readonly label: string;
  readonly onPress: () => void;
};

function ProtectionButton({ isOn, label, onPress }: ProtectionButtonProps) {
  return (
    <Button
      size="sm"
      variant="ghost"
      className="-ml-2"
      aria-label={`${label}: ${isOn ? "on" : "off"}`}
      onClick={onPress}
    >
      <Icon name={isOn ? "check" : "alert"} className={cn("size-4", isOn ? "text-done" : "text-attention")} />
      {isOn ? "On" : "Off"}
    </Button>
  );
}
