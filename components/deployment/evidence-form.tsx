import type { Requirement } from "#lib/domain/template.ts";
import { FailureNotice } from "#components/forms/failure-notice.tsx";
import { Button } from "#components/ui/button.tsx";
import { EvidenceFields } from "./evidence-fields.tsx";
import type { EvidenceFormState } from "./use-evidence-form.ts";

type EvidenceFormProps = { readonly form: EvidenceFormState; readonly requirement: Requirement | null };

/** What the item's requirement asks for, or a link or note; the sheet's main button ticks with it. */
export function EvidenceForm({ form, requirement }: EvidenceFormProps) {
  const { id, attachForm, onSubmit, pending, failure, errorOf } = form;
  return (
    <form
      id={id}
      ref={attachForm}
      onSubmit={onSubmit}
      noValidate
      aria-label="Add evidence"
      data-evidence
      className="grid gap-3"
    >
      <EvidenceFields requirement={requirement} errorOf={errorOf} />
      <FailureNotice failure={failure} />
      <Button type="submit" className="justify-self-start" pending={pending} pendingWords="Saving…">
        Save evidence
      </Button>
    </form>
  );
}
