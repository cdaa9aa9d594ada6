"use client";

import { markNotificationsAction } from "#lib/actions/notifications.ts";
import { RefusalDialog } from "#components/forms/refusal-dialog.tsx";
import { usePageChange } from "#components/forms/use-page-change.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";

export function MarkAllButton() {
  const { run, pending, failure, forget } = usePageChange();
  return (
    <>
      <Button pending={pending} onClick={() => run(markNotificationsAction, { ids: null, read: true })}>
        <Icon name="check-all" />
        Mark all as read
      </Button>
      <RefusalDialog failure={failure} onClose={forget} />
    </>
  );
}
