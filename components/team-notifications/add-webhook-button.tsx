"use client";

import { later } from "#components/ui/later.tsx";
import { useState } from "react";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";

const WebhookDialog = later(() => import("./webhook-dialog.tsx"));

type AddWebhookButtonProps = { readonly teamId: string; readonly choices: ProofChoices };

export function AddWebhookButton({ teamId, choices }: AddWebhookButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Icon name="plus" />
        Add a webhook
      </Button>
      {open && <WebhookDialog teamId={teamId} choices={choices} onClose={() => setOpen(false)} />}
    </>
  );
}
