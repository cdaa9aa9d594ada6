"use client";

import { askToStepUpAction, stepUpAction } from "#lib/actions/account.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import { FailureNotice } from "#components/forms/failure-notice.tsx";
import { useActionForm } from "#components/forms/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { ProofFields, useProof } from "./proof-fields.tsx";

type StepUpDialogProps = {
  readonly choices: ProofChoices;
  readonly onProven: () => void;
  readonly onClose: () => void;
};

/** Asks once more who sits here, before something changes about how somebody comes in. */
export default function StepUpDialog({ choices, onProven, onClose }: StepUpDialogProps) {
  const proof = useProof(choices);
  const { onSubmit, pending, failure, errorOf } = useActionForm({
    action: stepUpAction,
    toInput: async (values) => ({ proof: await proof.prove(values, askToStepUpAction) }),
    onDone: onProven,
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Prove that it is you"
      description="In the wrong hands this could do lasting harm, so it asks again; the proof holds for five minutes."
    >
      <form onSubmit={onSubmit} noValidate className="grid gap-4">
        <ProofFields choices={choices} proof={proof} errorOf={errorOf} />
        <FailureNotice failure={failure} />
        <DialogActions onCancel={onClose} pending={pending}>
          <Button type="submit" variant="primary" pending={pending}>
            Go on
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
