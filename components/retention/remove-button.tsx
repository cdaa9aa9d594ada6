"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { removeContentAction } from "#lib/actions/retention.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import { FailureNotice } from "#components/forms/failure-notice.tsx";
import { useActionForm } from "#components/forms/use-action-form.ts";
import { useProven } from "#components/proof/use-proven.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";

type RemoveButtonProps = { readonly id: string; readonly title: string; readonly choices: ProofChoices };

/** Removes at once what would be removed within the hour anyway; says what goes and what stays. */
export function RemoveButton({ id, title, choices }: RemoveButtonProps) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  const { action, dialog } = useProven(removeContentAction, choices);
  const { onSubmit, pending, failure } = useActionForm({
    action,
    toInput: () => ({ deploymentId: id }),
    onDone: () => {
      setOpen(false);
      router.refresh();
    },
  });
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)} aria-label={`Remove the content of ${title} now`}>
        Remove now…
      </Button>
      {open && (
        <Dialog
          open
          onOpenChange={() => setOpen(false)}
          title={`Remove the content of ${title}`}
          description="Files, evidence, names, reasons and what the events say go for good. A removal record stays, and every event’s hash, so that its order in the history can still be checked."
        >
          <form onSubmit={onSubmit} className="grid gap-4">
            <FailureNotice failure={failure} />
            <DialogActions onCancel={() => setOpen(false)} pending={pending}>
              <Button type="submit" variant="danger" pending={pending}>
                Remove the content
              </Button>
            </DialogActions>
          </form>
        </Dialog>
      )}
      {dialog}
    </>
  );
}
