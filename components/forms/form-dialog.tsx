"use client";

import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import type { Action } from "./call-action.ts";
import { FailureNotice } from "./failure-notice.tsx";
import { useActionForm } from "./use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";

type FormDialogProps = {
  readonly title: string;
  readonly description?: string;
  readonly confirm: string;
  readonly action: Action<unknown>;
  readonly toInput: (values: FormData) => unknown;
  readonly onClose: () => void;
  readonly children: (errorOf: (field: string) => string | undefined) => ReactNode;
};

/** A short form in a dialog that changes what its page shows. */
export function FormDialog({
  title,
  description,
  confirm,
  action,
  toInput,
  onClose,
  children,
}: FormDialogProps) {
  const router = useRouter();
  const { onSubmit, pending, failure, errorOf } = useActionForm({
    action,
    toInput,
    onDone: () => {
      router.refresh();
      onClose();
    },
  });
  return (
    <Dialog open onOpenChange={onClose} title={title} description={description}>
      <form onSubmit={onSubmit} noValidate className="grid gap-4">
        {children(errorOf)}
        <FailureNotice failure={failure} />
        <DialogActions onCancel={onClose} pending={pending}>
          <Button type="submit" variant="primary" pending={pending}>
            {confirm}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
