"use client";

import { setPasswordAction } from "#lib/actions/people.ts";
import type { PersonView } from "#lib/queries/list-people.ts";
import { textOf } from "#components/forms/use-action-form.ts";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { FormDialog } from "#components/forms/form-dialog.tsx";

export default function PasswordDialog({ person, onClose }: { person: PersonView; onClose: () => void }) {
  return (
    <FormDialog
      title={`Set a new password for ${person.name}`}
      description="Their sessions end at once."
      confirm="Set the password"
      action={setPasswordAction}
      toInput={(values) => ({ personId: person.id, password: textOf(values, "password") })}
      onClose={onClose}
    >
      {(errorOf) => (
        <Field label="New password" hint="At least 12 characters." required error={errorOf("password")}>
          {(control) => <Input {...control} name="password" type="password" autoComplete="new-password" />}
        </Field>
      )}
    </FormDialog>
  );
}
