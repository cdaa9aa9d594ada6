"use client";

import { type FormEvent, useState } from "react";
import type { ItemChange } from "#lib/domain/inputs/checklist-items.ts";
import type { Ability, ItemView } from "#lib/queries/deployment-view.ts";
import type { Draft } from "#components/forms/use-draft.ts";
import { textOf } from "#components/forms/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";

type WaiverFormProps = {
  /** Keeps the reason that is being typed. */
  readonly attachDraft: Draft["attach"];
  readonly item: ItemView;
  readonly waiveCritical: Ability;
  readonly onWaive: (change: ItemChange) => void;
};

/** 'Not applicable': one press on a conditional item, a reason on any other. */
export function WaiverForm({ attachDraft, item, waiveCritical, onWaive }: WaiverFormProps) {
  const [error, setError] = useState<string>();
  const refused = item.critical && !waiveCritical.allowed ? waiveCritical.reason : undefined;
  const waive = (reason: string | null) => onWaive({ item: item.key, to: "not-applicable", reason });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = textOf(new FormData(event.currentTarget), "reason").trim();
    if (reason === "" && !item.conditional) return setError("Say why this item is not applicable");
    waive(reason === "" ? null : reason);
  };
  return (
    <form ref={attachDraft} onSubmit={submit} noValidate className="grid gap-2 border-t border-line pt-4">
      <Field label="Why it is not applicable" required={!item.conditional} error={error}>
        {(control) => <Textarea {...control} name="reason" maxLength={4_000} rows={2} />}
      </Field>
      <Button type="submit" disabledReason={refused} className="justify-self-start">
        Not applicable
      </Button>
    </form>
  );
}
