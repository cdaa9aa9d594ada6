"use client";

import { reviewBreakGlassAction } from "#lib/actions/break-glass.ts";
import type { DeploymentView } from "#lib/queries/deployment-view.ts";
import { FailureNotice } from "#components/forms/failure-notice.tsx";
import { textOf, useActionForm } from "#components/forms/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { useRefresh } from "./use-deployment.ts";

type ReviewBreakGlassDialogProps = {
  readonly view: DeploymentView;
  readonly request: number;
  readonly onClose: () => void;
};

/** What somebody who took no part makes of it, once. */
export default function ReviewBreakGlassDialog({ view, request, onClose }: ReviewBreakGlassDialogProps) {
  const refresh = useRefresh();
  const { onSubmit, pending, failure, errorOf } = useActionForm({
    action: reviewBreakGlassAction,
    toInput: (values) => ({
      deploymentId: view.id,
      request,
      conclusion: textOf(values, "conclusion"),
      finding: textOf(values, "finding"),
    }),
    onDone: async () => {
      await refresh();
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Review the break glass"
      description="Your finding goes into the record with your name, and cannot be changed."
    >
      <form onSubmit={onSubmit} noValidate className="grid gap-4">
        <RadioGroup
          name="conclusion"
          label="Was it justified?"
          error={errorOf("conclusion")}
          options={[
            { value: "justified", label: "Justified" },
            { value: "not-justified", label: "Not justified" },
          ]}
        />
        <Field label="What did you find?" required error={errorOf("finding")}>
          {(control) => <Textarea {...control} name="finding" maxLength={4_000} rows={3} />}
        </Field>
        <FailureNotice failure={failure} />
        <DialogActions onCancel={onClose} pending={pending}>
          <Button type="submit" variant="primary" pending={pending}>
            Write the review
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
