"use client";

import type { ReactNode } from "react";
import type { Action } from "#components/forms/call-action.ts";
import { FailureNotice } from "#components/forms/failure-notice.tsx";
import { useDraft } from "#components/forms/use-draft.ts";
import { textOf, useActionForm } from "#components/forms/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { useInitialDeployment } from "./initial-deployment.ts";
import { useRefresh } from "./use-deployment.ts";

export type ReasonDialogProps = {
  readonly title: string;
  readonly consequence: ReactNode;
  readonly label: string;
  readonly confirm: string;
  /** What it says while it does so: 'Rolling back…'. */
  readonly underWay: string;
  readonly danger?: boolean;
  readonly action: Action<unknown>;
  /** The action's input, given the reason. */
  readonly toInput: (reason: string) => unknown;
  /** The name under which the action reports an error in the reason. */
  readonly field?: string;
  readonly onClose: () => void;
};

/** For a deed that needs a reason and cannot be taken back: says what follows, and asks why. */
export default function ReasonDialog({
  title,
  consequence,
  label,
  confirm,
  underWay,
  danger = false,
  action,
  toInput,
  field = "reason",
  onClose,
}: ReasonDialogProps) {
  const refresh = useRefresh();
  const { attach, forget } = useDraft(`${useInitialDeployment().id}:${title}`);
  const { onSubmit, pending, failure, errorOf } = useActionForm({
    action,
    toInput: (values) => toInput(textOf(values, "reason")),
    onDone: async () => {
      forget();
      await refresh();
      onClose();
    },
  });
  return (
    <Dialog open onOpenChange={onClose} title={title} description={consequence}>
      <form ref={attach} onSubmit={onSubmit} noValidate className="grid gap-4">
        <Field label={label} required error={errorOf(field)}>
          {(control) => <Textarea {...control} name="reason" maxLength={4_000} />}
        </Field>
        <FailureNotice failure={failure} />
        <DialogActions onCancel={onClose} pending={pending}>
          <Button
            type="submit"
            variant={danger ? "danger" : "primary"}
            pending={pending}
            pendingWords={underWay}
          >
            {confirm}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
