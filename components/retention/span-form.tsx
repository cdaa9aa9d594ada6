"use client";

import { useRouter } from "next/navigation";
import { setRetentionAction } from "#lib/actions/retention.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import { FailureNotice } from "#components/forms/failure-notice.tsx";
import { textOf, useActionForm } from "#components/forms/use-action-form.ts";
import { useProven } from "#components/proof/use-proven.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

type SpanFormProps = { readonly days: number | null; readonly choices: ProofChoices };

/** The span in days; empty keeps everything. */
export function SpanForm({ days, choices }: SpanFormProps) {
  const router = useRouter();
  const { action, dialog } = useProven(setRetentionAction, choices);
  const { onSubmit, pending, failure, errorOf } = useActionForm({
    action,
    toInput: (values) => {
      const typed = textOf(values, "days").trim();
      return { days: typed === "" ? null : Number(typed) };
    },
    onDone: () => router.refresh(),
  });
  return (
    <>
      <form onSubmit={onSubmit} noValidate className="grid gap-3">
        <Field
          label="Days after a deployment’s end"
          hint="30 to 36,500. Empty keeps everything, which is how it begins."
          error={errorOf("days")}
        >
          {(control) => (
            <Input
              {...control}
              key={days}
              name="days"
              mono
              inputMode="numeric"
              defaultValue={days ?? ""}
              className="max-w-40"
            />
          )}
        </Field>
        <FailureNotice failure={failure} />
        <Button type="submit" variant="primary" pending={pending} className="justify-self-start">
          Set the span
        </Button>
      </form>
      {dialog}
    </>
  );
}
