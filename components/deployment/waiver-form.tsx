"use client";

import { type FormEvent, useCallback, useState } from "react";
import type { ItemChange } from "#lib/domain/inputs/checklist-items.ts";
import type { Ability, ItemView } from "#lib/queries/deployment-view.ts";
import type { Draft } from "#components/forms/use-draft.ts";
import { textOf } from "#components/forms/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Textarea } from "#components/ui/textarea.tsx";

type WaiverFormProps = {
  /** Unfolded from the start, for whoever came for it. */
  readonly startsOpen: boolean;
  /** Keeps the reason that is being typed. */
  readonly attachDraft: Draft["attach"];
  readonly item: ItemView;
  readonly waiveCritical: Ability;
  readonly onWaive: (change: ItemChange) => void;
};

/** 'Not applicable', folded where it is the exception: one press on a conditional item, a reason on any other. */
export function WaiverForm({ startsOpen, attachDraft, item, waiveCritical, onWaive }: WaiverFormProps) {
  const [error, setError] = useState<string>();
  const [open, setOpen] = useState(startsOpen || item.conditional);
  // A reason that was half typed is not hidden away.
  const attach = useCallback(
    (form: HTMLFormElement) => {
      const detach = attachDraft(form);
      if (textOf(new FormData(form), "reason") !== "") setOpen(true);
      return detach;
    },
    [attachDraft],
  );
  const refused = item.critical && !waiveCritical.allowed ? waiveCritical.reason : undefined;
  const waive = (reason: string | null) => onWaive({ item: item.key, to: "not-applicable", reason });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = textOf(new FormData(event.currentTarget), "reason").trim();
    if (reason === "" && !item.conditional) return setError("Say why this item is not applicable");
    waive(reason === "" ? null : reason);
  };
  return (
    <details
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="group border-t border-line pt-4"
    >
      <summary className="touch-target microlabel flex list-none items-center gap-1.5 rounded-sm">
        Not applicable
        <Icon name="chevron-right" className="size-3.5 transition-transform group-open:rotate-90" />
      </summary>
      <form ref={attach} onSubmit={submit} noValidate className="mt-3 grid gap-2">
        <Field label="Why it is not applicable" required={!item.conditional} error={error}>
          {(control) => <Textarea {...control} name="reason" maxLength={4_000} rows={2} />}
        </Field>
        <Button type="submit" disabledReason={refused} className="justify-self-start">
          Not applicable
        </Button>
      </form>
    </details>
  );
}
