"use client";

import { revokeDelegationAction } from "#lib/actions/delegations.ts";
import { RefusalDialog } from "#components/forms/refusal-dialog.tsx";
import { usePageChange } from "#components/forms/use-page-change.ts";
import { Button } from "#components/ui/button.tsx";

export function RevokeDelegationButton({ id, to }: { id: string; to: string }) {
  const { run, pending, failure, forget } = usePageChange();
  return (
    <>
      <Button
        size="sm"
        pending={pending}
        aria-label={`End the delegation to ${to}`}
        onClick={() => run(revokeDelegationAction, { delegationId: id })}
      >
        End it
      </Button>
      <RefusalDialog failure={failure} onClose={forget} />
    </>
  );
}
