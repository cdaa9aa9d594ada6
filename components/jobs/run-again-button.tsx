"use client";

import { runJobAgainAction } from "#lib/actions/jobs.ts";
import { RefusalDialog } from "#components/forms/refusal-dialog.tsx";
import { usePageChange } from "#components/forms/use-page-change.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";

/** Puts a failed job back on its queue. */
export function RunAgainButton({ jobId, queue }: { jobId: string; queue: string }) {
  const { run, pending, failure, forget } = usePageChange();
  return (
    <>
      <Button
        size="sm"
        pending={pending}
        aria-label={`Run ${queue} again`}
        onClick={() => run(runJobAgainAction, { jobId })}
      >
        <Icon name="refresh" />
        Run again
      </Button>
      <RefusalDialog failure={failure} onClose={forget} />
    </>
  );
}
