"use client";

import { askToSignAction, grantApprovalAction, rejectApprovalAction } from "#lib/actions/approvals.ts";
import type { DeploymentView, SignOffStepView, StandInView } from "#lib/queries/deployment-view.ts";
import { FailureNotice } from "#components/forms/failure-notice.tsx";
import { useDraft } from "#components/forms/use-draft.ts";
import { textOf, useActionForm } from "#components/forms/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import { ProofFields, useProof } from "#components/proof/proof-fields.tsx";
import { useState } from "react";
import { signedInShort } from "./signed-content-view.tsx";
import { standsAgainst } from "./stands-against.ts";
import { useRefresh } from "./use-deployment.ts";

type SignDialogProps = {
  readonly view: DeploymentView;
  readonly step: SignOffStepView;
  readonly decision: "approve" | "reject";
  /** In whose place one signs; null for oneself. */
  readonly standIn: StandInView | null;
  readonly choices: ProofChoices;
  readonly onClose: () => void;
};

/** A signature: what it means, of exactly which content, and the proof of who gives it. */
export default function SignDialog({ view, step, decision, standIn, choices, onClose }: SignDialogProps) {
  const refresh = useRefresh();
  const { attach, forget } = useDraft(`${view.id}:${step.role}:${decision}`);
  // The digest that was on screen when the dialog opened; a change behind it is refused.
  const [digest] = useState(view.signOff.digest);
  const inPlace = standIn === null ? "" : ` for ${standIn.name}`;
  const approves = decision === "approve";
  const against = standsAgainst(view);
  const proof = useProof(choices);
  const about = { deploymentId: view.id, role: step.role, delegation: standIn?.delegation, digest };
  const { onSubmit, pending, failure, errorOf } = useActionForm({
    action: approves ? grantApprovalAction : rejectApprovalAction,
    toInput: async (values) => ({
      ...about,
      proof: await proof.prove(values, askToSignAction, { ...about, decision }),
      [approves ? "comment" : "reason"]: textOf(values, "words"),
    }),
    onDone: async () => {
      forget();
      await refresh();
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`${approves ? "Approve" : "Reject"} ${view.service.name} ${view.details.version} as ${step.title}${inPlace}`}
      description={
        approves
          ? "Your name, role, the time and the digest below go into the record for good."
          : "The gate closes until a team lead has answered, and then everybody signs again."
      }
    >
      <form ref={attach} onSubmit={onSubmit} noValidate className="grid gap-4">
        <blockquote className="rounded-md border border-line bg-sunken px-3 py-2">
          <p className="font-medium">
            “I {approves ? "approve" : "reject"} this deployment as {step.title}
            {inPlace}.”
          </p>
          <p className="mt-1 text-sm text-ink-muted">{signedInShort(view)}</p>
          {against.length > 0 && (
            <p className="mt-1 text-sm text-attention-text">Against it now: {against.join("; ")}</p>
          )}
          <p className="mt-1 font-mono text-xs break-all text-ink-faint">sha-256 {digest}</p>
        </blockquote>
        <Field
          label={approves ? "Comment" : "Why do you reject it?"}
          required={!approves}
          error={errorOf(approves ? "comment" : "reason")}
        >
          {(control) => <Textarea {...control} name="words" maxLength={4_000} rows={2} />}
        </Field>
        <ProofFields choices={choices} proof={proof} errorOf={errorOf} />
        <FailureNotice failure={failure} />
        <DialogActions onCancel={onClose} pending={pending}>
          <Button
            type="submit"
            variant={approves ? "primary" : "danger"}
            pending={pending}
            pendingWords="Signing…"
            disabledReason={proof.way === null ? "Set up a second factor first" : undefined}
          >
            {approves ? "Approve and sign" : "Reject and sign"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
