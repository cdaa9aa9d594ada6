"use client";

import { useRouter } from "next/navigation";
import { setRetentionAction } from "#lib/actions/retention.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import type { RetentionPreview } from "#lib/queries/retention-state.ts";
import { FailureNotice } from "#components/forms/failure-notice.tsx";
import { useActionForm } from "#components/forms/use-action-form.ts";
import { useProven } from "#components/proof/use-proven.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";

type ConfirmSpanProps = { readonly preview: RetentionPreview; readonly choices: ProofChoices };

/** What another span would remove, and the button that makes it hold. */
export function ConfirmSpan({ preview: { days, count, titles }, choices }: ConfirmSpanProps) {
  const router = useRouter();
  const { action, dialog } = useProven(setRetentionAction, choices);
  const { onSubmit, pending, failure } = useActionForm({
    action,
    toInput: () => ({ days }),
    onDone: () => router.push("/retention"),
  });
  const more = count - titles.length;
  return (
    <form onSubmit={onSubmit} className="grid gap-3">
      <Notice
        tone={count === 0 ? "neutral" : "attention"}
        title={
          count === 0
            ? "Nothing would be removed a week from now"
            : `The content of ${count === 1 ? "1 deployment" : `${count} deployments`} would be removed a week from now, for good`
        }
      >
        {count === 0
          ? "Later, each deployment’s content is removed when it is that old."
          : `${titles.join(", ")}${more > 0 ? ` and ${more} more` : ""}`}
      </Notice>
      <FailureNotice failure={failure} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant={count === 0 ? "primary" : "danger"} pending={pending}>
          {days === null ? "Keep everything" : `Keep content for ${days} days`}
        </Button>
        <ButtonLink href="/retention" variant="ghost">
          Cancel
        </ButtonLink>
      </div>
      {dialog}
    </form>
  );
}
