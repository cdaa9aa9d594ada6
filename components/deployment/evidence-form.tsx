"use client";

import { useRef } from "react";
import { addEvidenceAction } from "#lib/actions/evidence.ts";
import type { ItemView } from "#lib/queries/deployment-view.ts";
import { FailureNotice } from "#components/forms/failure-notice.tsx";
import { useDraft } from "#components/forms/use-draft.ts";
import { useActionForm } from "#components/forms/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { evidenceFrom } from "./evidence-from.ts";
import { EvidenceFields } from "./evidence-fields.tsx";
import type { ItemChanges } from "./use-item-changes.ts";
import { useRefresh } from "./use-deployment.ts";

type EvidenceFormProps = {
  readonly deploymentId: string;
  readonly item: ItemView;
  readonly changes: ItemChanges;
};

/** Records what the item's requirement asks for, or a link or note; and ticks the item if wanted. */
export function EvidenceForm({ deploymentId, item, changes }: EvidenceFormProps) {
  const refresh = useRefresh();
  const { attach, forget } = useDraft(`${deploymentId}:${item.key}:evidence`);
  const alsoTick = useRef(false);
  const { onSubmit, pending, failure, errorOf } = useActionForm({
    action: addEvidenceAction,
    toInput: (values) => ({ deploymentId, item: item.key, content: evidenceFrom(values, item.requirement) }),
    onDone: async (_value, form) => {
      forget();
      form.reset();
      if (alsoTick.current) changes.change({ item: item.key, to: "done" });
      await refresh();
    },
  });
  return (
    <form
      ref={attach}
      onSubmit={onSubmit}
      noValidate
      aria-label="Add evidence"
      data-evidence
      className="grid gap-3 border-t border-line pt-4"
    >
      <EvidenceFields requirement={item.requirement} errorOf={errorOf} />
      <FailureNotice failure={failure} />
      <div className="flex flex-wrap gap-2">
        {item.status === "open" && (
          <Button
            type="submit"
            variant={item.requirement === null ? "secondary" : "primary"}
            pending={pending}
            onClick={() => (alsoTick.current = true)}
          >
            Save and tick
          </Button>
        )}
        <Button type="submit" pending={pending} onClick={() => (alsoTick.current = false)}>
          Save evidence
        </Button>
      </div>
    </form>
  );
}
