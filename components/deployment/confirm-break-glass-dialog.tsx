"use client";

import { useState } from "react";
import { askToSignAction } from "#lib/actions/approvals.ts";
import { confirmBreakGlassAction } from "#lib/actions/break-glass.ts";
import type { DeploymentView, PendingBreakGlassView } from "#lib/queries/deployment-view.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import { ProofFields, useProof } from "#components/proof/proof-fields.tsx";
import { FailureNotice } from "#components/forms/failure-notice.tsx";
import { useActionForm } from "#components/forms/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { BlockerLines } from "./blocker-lines.tsx";
import { useRefresh } from "./use-deployment.ts";

type ConfirmBreakGlassDialogProps = {
  readonly pending: PendingBreakGlassView;
  readonly as: PendingBreakGlassView["confirmAs"][number];
  readonly view: DeploymentView;
  readonly choices: ProofChoices;
  readonly onClose: () => void;
};

/** The second of the two people: what it overrides, what it means, and the proof of who confirms. */
export default function ConfirmBreakGlassDialog({
  pending,
  as,
  view,
  choices,
  onClose,
}: ConfirmBreakGlassDialogProps) {
  const refresh = useRefresh();
  // What was on screen when the dialog opened; a change behind it is refused.
  const [shown] = useState({ digest: pending.currentDigest, blockers: pending.blockers });
  const proof = useProof(choices);
  const about = { deploymentId: view.id, role: as.role, digest: shown.digest };
  const form = useActionForm({
    action: confirmBreakGlassAction,
    toInput: async (values) => ({
      ...about,
      request: pending.request,
      proof: await proof.prove(values, askToSignAction, { ...about, decision: "break-glass" }),
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
      title={`Break the glass before ${pending.title}`}
      description="The gate opens although all of this stands against it. The record carries it for good, and somebody who took no part reviews it afterwards."
    >
      <form onSubmit={form.onSubmit} noValidate className="grid gap-4">
        <BlockerLines title="You override" blockers={shown.blockers} />
        <blockquote className="rounded-md border border-line bg-sunken px-3 py-2">
          <p className="font-medium">
            “I confirm as {as.title} that {pending.title} begins although this gate is closed.”
          </p>
          <p className="mt-1 font-mono text-xs break-all text-ink-faint">sha-256 {shown.digest}</p>
        </blockquote>
        <ProofFields choices={choices} proof={proof} errorOf={form.errorOf} />
        <FailureNotice failure={form.failure} />
        <DialogActions onCancel={onClose} pending={form.pending}>
          <Button
            type="submit"
            variant="danger"
            pending={form.pending}
            pendingWords="Signing…"
            disabledReason={proof.way === null ? "Set up a second factor first" : undefined}
          >
            Confirm and sign
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
