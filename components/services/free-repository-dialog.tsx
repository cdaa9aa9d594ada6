"use client";

import { freeRepositoryAction } from "#lib/actions/services.ts";
import type { HeldRepository } from "#lib/queries/list-repositories.ts";
import { textOf } from "#components/forms/use-action-form.ts";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { FormDialog } from "#components/forms/form-dialog.tsx";

type FreeRepositoryDialogProps = { readonly held: HeldRepository; readonly onClose: () => void };

export default function FreeRepositoryDialog({ held, onClose }: FreeRepositoryDialogProps) {
  return (
    <FormDialog
      title={`Free ${held.repository}`}
      description={`${held.service} of ${held.team} answers GitHub for its environment ${held.environment} no more; any team can name it then. The history keeps who did it and why.`}
      confirm="Free it"
      action={freeRepositoryAction}
      toInput={(values) => ({
        serviceId: held.serviceId,
        shown: { repository: held.repository, environment: held.environment },
        reason: textOf(values, "reason"),
      })}
      onClose={onClose}
    >
      {(errorOf) => (
        <Field label="Reason" required error={errorOf("reason")}>
          {(control) => <Textarea {...control} name="reason" maxLength={4_000} />}
        </Field>
      )}
    </FormDialog>
  );
}
