"use client";

import { revokeTokenAction } from "#lib/actions/tokens.ts";
import { RefusalDialog } from "#components/forms/refusal-dialog.tsx";
import { usePageChange } from "#components/forms/use-page-change.ts";
import { Button } from "#components/ui/button.tsx";

/** Ends a token at once. */
export function RevokeTokenButton({ tokenId, name }: { tokenId: string; name: string }) {
  const { run, pending, failure, forget } = usePageChange();
  return (
    <>
      <Button
        size="sm"
        pending={pending}
        aria-label={`Revoke ${name}`}
        onClick={() => run(revokeTokenAction, { tokenId })}
      >
        Revoke
      </Button>
      <RefusalDialog failure={failure} onClose={forget} />
    </>
  );
}
