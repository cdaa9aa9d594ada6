"use client";

import { createPersonAction } from "#lib/actions/people.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import { textOf } from "#components/forms/use-action-form.ts";
import { useProven } from "#components/proof/use-proven.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { FormDialog } from "#components/forms/form-dialog.tsx";

type AddPersonDialogProps = { readonly choices: ProofChoices; readonly onClose: () => void };

export default function AddPersonDialog({ choices, onClose }: AddPersonDialogProps) {
  const { action, dialog } = useProven(createPersonAction, choices);
  return (
    <>
      <FormDialog
        title="Add a person"
        description="They see nothing until they hold a role."
        confirm="Add"
        action={action}
        toInput={(values) => ({
          name: textOf(values, "name"),
          email: textOf(values, "email"),
          password: textOf(values, "password"),
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
              hint="At least 12 characters; tell it to them by another way."
              required
              error={errorOf("password")}
            >
              {(control) => (
                <Input {...control} name="password" type="password" autoComplete="new-password" />
              )}
            </Field>
          </>
        )}
      </FormDialog>
      {dialog}
    </>
  );
}
