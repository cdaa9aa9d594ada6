"use client";

import { changeTeamDutiesAction, changeTeamSecondFactorAction } from "#lib/actions/people.ts";
import type { TeamView } from "#lib/queries/list-people.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import { FormDialog } from "#components/forms/form-dialog.tsx";
import { useProven } from "#components/proof/use-proven.tsx";
import type { Protection } from "./protections.ts";

type ProtectionDialogProps = {
  readonly team: TeamView;
  readonly protection: Protection;
  readonly choices: ProofChoices;
  readonly onClose: () => void;
};

/** Says what a change of a team's rule means, and makes it. */
export default function ProtectionDialog({ team, protection, choices, onClose }: ProtectionDialogProps) {
  const ofDuties = protection.key !== "secondFactorRequired";
  const { action, dialog } = useProven(
    ofDuties ? changeTeamDutiesAction : changeTeamSecondFactorAction,
    choices,
  );
  const { id: teamId } = team;
  const isOn = protection.isOn(team);
  return (
    <>
      <FormDialog
        title={`${isOn ? "Turn off" : "Turn on"} “${protection.title}” for ${team.name}?`}
        description={isOn ? protection.whenOff : protection.whenOn}
        confirm={isOn ? "Turn it off" : "Turn it on"}
        action={action}
        toInput={() => (ofDuties ? { teamId, [protection.key]: isOn } : { teamId, required: !isOn })}
        onClose={onClose}
      >
        {() => null}
      </FormDialog>
      {dialog}
    </>
  );
}
