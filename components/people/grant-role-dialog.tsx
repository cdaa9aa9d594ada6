"use client";

import { grantRoleAction } from "#lib/actions/people.ts";
import { ROLE_TITLES, ROLES } from "#lib/domain/roles.ts";
import type { PersonView, TeamView } from "#lib/queries/list-people.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import { textOf } from "#components/forms/use-action-form.ts";
import { useProven } from "#components/proof/use-proven.tsx";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { FormDialog } from "#components/forms/form-dialog.tsx";

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
        {(errorOf) => (
          <>
            <Field label="Role" required error={errorOf("role")}>
              {(control) => (
                <Select {...control} name="role">
                  {ROLES.map((role) => (
                    <option key={role} value={role}>
                      {ROLE_TITLES[role]}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <Field label="Team" required error={errorOf("teamId")}>
              {(control) => (
                <Select {...control} name="team">
                  {teams.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                  <option value="">All teams</option>
                </Select>
              )}
            </Field>
          </>
        )}
      </FormDialog>
      {dialog}
    </>
  );
}
