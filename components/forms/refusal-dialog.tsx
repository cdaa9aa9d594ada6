"use client";

import { later } from "#components/ui/later.tsx";
import type { ActionFailure } from "#lib/actions/action-result.ts";
import { Button } from "#components/ui/button.tsx";

const Dialog = later(async () => ({ default: (await import("#components/ui/dialog.tsx")).Dialog }));

/** Says why something was refused, where there is no form to say it in. */
export function RefusalDialog({ failure, onClose }: { failure: ActionFailure | null; onClose: () => void }) {
  if (failure === null) return null;
  return (
    <Dialog open onOpenChange={onClose} title="This was refused" description={failure.message}>
      <Button onClick={onClose}>Close</Button>
    </Dialog>
  );
}
