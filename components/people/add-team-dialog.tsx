"use client";

import { createTeamAction } from "#lib/actions/people.ts";
import { textOf } from "#components/forms/use-action-form.ts";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { FormDialog } from "#components/forms/form-dialog.tsx";

export default function AddTeamDialog({ onClose }: { onClose: () => void }) {
  return (
    <FormDialog
      title="Add a team"
      confirm="Add"
      action={createTeamAction}
      toInput={(values) => ({ name: textOf(values, "name") })}
      onClose={onClose}
    >
      {(errorOf) => (
        <Field label="Name" required error={errorOf("name")}>
          {(control) => <Input {...control} name="name" autoComplete="off" />}
        </Field>
      )}
    </FormDialog>
  );
}
