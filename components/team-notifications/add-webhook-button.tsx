"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";

const WebhookDialog = dynamic(() => import("./webhook-dialog.tsx"));

export function AddWebhookButton({ teamId }: { teamId: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Icon name="plus" />
        Add a webhook
      </Button>
      {open && <WebhookDialog teamId={teamId} onClose={() => setOpen(false)} />}
    </>
  );
}
