"use client";

import { grantRoleAction } from "#lib/actions/people.ts";
import type { PersonView, TeamView } from "#lib/queries/list-people.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import { textOf } from "#components/forms/use-action-form.ts";
import { useProven } from "#components/proof/use-proven.tsx";
import { FormDialog } from "#components/forms/form-dialog.tsx";
import { RoleFields } from "./role-fields.tsx";

type GrantRoleDialogProps = {
  readonly person: PersonView;
  readonly teams: readonly TeamView[];
  readonly choices: ProofChoices;
  readonly onClose: () => void;
};

export default function GrantRoleDialog({ person, teams, choices, onClose }: GrantRoleDialogProps) {
  const { action, dialog } = useProven(grantRoleAction, choices);
  return (
    <>
      <FormDialog
        title={`Give ${person.name} a role`}
        confirm="Give the role"
        action={action}
        toInput={(values) => ({
          personId: person.id,
          role: textOf(values, "role"),
          teamId: textOf(values, "team") || null,
        })}
        onClose={onClose}
      >
        {(errorOf) => <RoleFields teams={teams} roleError={errorOf("role")} teamError={errorOf("teamId")} />}
      </FormDialog>
      {dialog}
    </>
  );
}
