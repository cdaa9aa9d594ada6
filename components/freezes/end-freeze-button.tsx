"use client";

import { endFreezeAction } from "#lib/actions/freezes.ts";
import { RefusalDialog } from "#components/forms/refusal-dialog.tsx";
import { usePageChange } from "#components/forms/use-page-change.ts";
import { Button } from "#components/ui/button.tsx";

export function EndFreezeButton({ id, reason }: { id: string; reason: string }) {
  const { run, pending, failure, forget } = usePageChange();
  return (
    <>
      <Button
        size="sm"
        pending={pending}
        aria-label={`End the freeze “${reason}”`}
        onClick={() => run(endFreezeAction, { freezeId: id })}
      >
        End it
      </Button>
      <RefusalDialog failure={failure} onClose={forget} />
    </>
  );
}
