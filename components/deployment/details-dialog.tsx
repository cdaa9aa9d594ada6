"use client";

import { useRef } from "react";
import { changeDetailsAction } from "#lib/actions/deployments.ts";
import type { DeploymentView } from "#lib/queries/deployment-view.ts";
import { FailureNotice } from "#components/forms/failure-notice.tsx";
import { SloFields, sloFrom } from "#components/forms/slo-fields.tsx";
import { textOf, useActionForm } from "#components/forms/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { DateTimeInput } from "#components/ui/date-time-input.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { useRefresh } from "./use-deployment.ts";

/** Corrects the metadata form. Before the gate, approvals that were given are void then. */
export default function DetailsDialog({ view, onClose }: { view: DeploymentView; onClose: () => void }) {
  const refresh = useRefresh();
  const { details } = view;
  const shown = useRef<FormData>(null);
  const { onSubmit, pending, failure, errorOf } = useActionForm({
    action: changeDetailsAction,
    toInput: (values) => ({ deploymentId: view.id, ...correctionsIn(values, shown.current ?? values) }),
    onDone: async () => {
      await refresh();
      onClose();
    },
  });
  const standing = view.signOff.steps.some(({ state }) => state === "approved") && !view.signOff.passed;
  return (
    <Dialog open onOpenChange={onClose} title="Correct the details" wide>
      <form
        ref={(form) => {
          if (form !== null) shown.current ??= new FormData(form);
        }}
        onSubmit={onSubmit}
        noValidate
        className="grid gap-4"
      >
        {standing && (
          <Notice tone="void" title="Approvals given so far will be void, since what they signed changes." />
        )}
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Version" required error={errorOf("version")}>
            {(control) => <Input {...control} name="version" mono defaultValue={details.version} />}
          </Field>
          <Field label="Git commit" required error={errorOf("commit")}>
            {(control) => <Input {...control} name="commit" mono defaultValue={details.commit} />}
          </Field>
          <Field label="Environment" required error={errorOf("environment")}>
            {(control) => <Input {...control} name="environment" defaultValue={details.environment} />}
          </Field>
          <Field label="Deployment date" required error={errorOf("deploymentAt")}>
            {(control) => <DateTimeInput {...control} name="deploymentAt" instant={details.deploymentAt} />}
          </Field>
        </div>
        <SloFields slo={details.slo} errorOf={errorOf} />
        <FailureNotice failure={failure} />
        <DialogActions onCancel={onClose} pending={pending}>
          <Button type="submit" variant="primary" pending={pending}>
            Save
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

// What stands as it was shown is not sent: somebody else may have corrected it in the meantime.
function correctionsIn(values: FormData, shown: FormData): object {
  const corrected = ["version", "commit", "environment", "deploymentAt"].flatMap((name) => {
    const typed = textOf(values, name);
    return typed === textOf(shown, name) ? [] : [[name, typed] as const];
  });
  const slo = sloFrom(values);
  const isSloCorrected = JSON.stringify(slo) !== JSON.stringify(sloFrom(shown));
  return { ...Object.fromEntries(corrected), ...(isSloCorrected ? { slo } : {}) };
}
