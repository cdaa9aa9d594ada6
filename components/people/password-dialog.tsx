"use client";

import { setPasswordAction } from "#lib/actions/people.ts";
import type { PersonView } from "#lib/queries/list-people.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import { textOf } from "#components/forms/use-action-form.ts";
import { useProven } from "#components/proof/use-proven.tsx";
import { Field } from "#components/ui/field.tsx";
import { NewPasswordInput } from "#components/ui/new-password-input.tsx";
import { FormDialog } from "#components/forms/form-dialog.tsx";

type PasswordDialogProps = {
  readonly person: PersonView;
  readonly choices: ProofChoices;
  readonly onClose: () => void;
};

export default function PasswordDialog({ person, choices, onClose }: PasswordDialogProps) {
  const { action, dialog } = useProven(setPasswordAction, choices);
  return (
    <>
      <FormDialog
        title={`Set a new password for ${person.name}`}
        description="Their sessions, API tokens, calendar address and recovery links end at once."
        confirm="Set the password"
        action={action}
        toInput={(values) => ({ personId: person.id, password: textOf(values, "password") })}
        onClose={onClose}
      >
        {(errorOf) => (
          <Field label="New password" hint="At least 12 characters." required error={errorOf("password")}>
            {(control) => <NewPasswordInput {...control} name="password" />}
          </Field>
        )}
      </FormDialog>
      {dialog}
    </>
  );
}
