"use client";

import { later } from "#components/ui/later.tsx";
import { useState } from "react";
import {
  removeWebhookAction,
  renewWebhookSecretAction,
  testWebhookAction,
} from "#lib/actions/team-notifications.ts";
import { NOTIFICATION_KINDS } from "#lib/domain/notifications.ts";
import { WEBHOOK_KIND_TITLES } from "#lib/domain/webhooks.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import type { WebhookView } from "#lib/queries/team-notifications.ts";
import { FormDialog } from "#components/forms/form-dialog.tsx";
import { useStepUp } from "#components/proof/step-up.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { WebhookSecret } from "./webhook-secret.tsx";

const WebhookDialog = later(() => import("./webhook-dialog.tsx"));

type WebhookRowProps = {
  readonly teamId: string;
  readonly webhook: WebhookView;
  readonly choices: ProofChoices;
};

/** One webhook with what may be done to it. */
export function WebhookRow({ teamId, webhook, choices }: WebhookRowProps) {
  const { id, name, kind, host, news } = webhook;
  const { run, pending, dialogs } = useStepUp(choices);
  const [open, setOpen] = useState<"change" | "remove" | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const close = () => setOpen(null);
  const renew = () => run(renewWebhookSecretAction, () => ({ webhookId: id }), setSecret);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
      <div className="min-w-0 grow basis-64">
        <p className="font-medium">
          {name} <Badge>{WEBHOOK_KIND_TITLES[kind]}</Badge>
        </p>
        <p className="text-sm break-words text-ink-faint">
          <span className="font-mono">{host}</span> ·{" "}
          {news.map((each) => NOTIFICATION_KINDS[each].title).join(", ")}
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          size="sm"
          pending={pending}
          aria-label={`Send a test to ${name}`}
          onClick={() => void run(testWebhookAction, () => ({ webhookId: id }))}
        >
          Send a test
        </Button>
        <Button size="sm" aria-label={`Change ${name}`} onClick={() => setOpen("change")}>
          Change
        </Button>
        {kind === "signed" && (
          <Button size="sm" aria-label={`Make a new key for ${name}`} onClick={() => void renew()}>
            New key
          </Button>
        )}
        <Button size="sm" aria-label={`Remove ${name}`} onClick={() => setOpen("remove")}>
          Remove
        </Button>
      </div>
      {open === "change" && (
        <WebhookDialog teamId={teamId} webhook={webhook} choices={choices} onClose={close} />
      )}
      {open === "remove" && (
        <FormDialog
          title={`Remove ${name}`}
          description="What waits to be sent there is not sent any more."
          confirm="Remove it"
          action={removeWebhookAction}
          toInput={() => ({ webhookId: id })}
          onClose={close}
        >
          {() => null}
        </FormDialog>
      )}
      {secret !== null && <WebhookSecret secret={secret} onClose={() => setSecret(null)} />}
      {dialogs}
    </li>
  );
}
