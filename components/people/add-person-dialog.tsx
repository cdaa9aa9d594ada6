"use client";

import { createPersonAction } from "#lib/actions/people.ts";
import type { TeamView } from "#lib/queries/list-people.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import { textOf } from "#components/forms/use-action-form.ts";
import { useProven } from "#components/proof/use-proven.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { NewPasswordInput } from "#components/ui/new-password-input.tsx";
import { FormDialog } from "#components/forms/form-dialog.tsx";
import { RoleFields } from "./role-fields.tsx";

type AddPersonDialogProps = {
  readonly teams: readonly TeamView[];
  readonly choices: ProofChoices;
  readonly onClose: () => void;
};

export default function AddPersonDialog({ teams, choices, onClose }: AddPersonDialogProps) {
  const { action, dialog } = useProven(createPersonAction, choices);
  return (
    <>
      <FormDialog
        title="Add a person"
        description="They sign in with the password that you give them, and see what their role shows."
        confirm="Add"
        action={action}
        toInput={(values) => ({
          name: textOf(values, "name"),
          email: textOf(values, "email"),
          password: textOf(values, "password"),
          grant:
            textOf(values, "role") === ""
              ? null
              : { role: textOf(values, "role"), teamId: textOf(values, "team") || null },
        })}
        onClose={onClose}
      >
        {(errorOf) => (
          <>
            <Field label="Name" required error={errorOf("name")}>
              {(control) => <Input {...control} name="name" autoComplete="off" />}
            </Field>
            <Field label="E-mail" required error={errorOf("email")}>
              {(control) => <Input {...control} name="email" type="email" autoComplete="off" />}
            </Field>
            <Field
              label="First password"
              hint="At least 12 characters. Tell it to them yourself; it is not shown again."
              required
              error={errorOf("password")}
            >
              {(control) => <NewPasswordInput {...control} name="password" />}
            </Field>
            <div className="grid gap-4 sm:grid-cols-2">
              <RoleFields
                teams={teams}
                none="None yet: they see nothing"
                roleError={errorOf("grant.role")}
                teamError={errorOf("grant.teamId")}
              />
            </div>
          </>
        )}
      </FormDialog>
      {dialog}
    </>
  );
}
