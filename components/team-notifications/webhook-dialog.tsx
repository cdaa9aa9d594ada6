"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { addWebhookAction, changeWebhookAction } from "#lib/actions/team-notifications.ts";
import type { ActionResult } from "#lib/actions/action-result.ts";
import { TEAM_NOTIFICATION_KINDS } from "#lib/domain/notifications.ts";
import { WEBHOOK_KIND_TITLES, WEBHOOK_KINDS } from "#lib/domain/webhooks.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import type { WebhookView } from "#lib/queries/team-notifications.ts";
import { FailureNotice } from "#components/forms/failure-notice.tsx";
import { textOf, useActionForm } from "#components/forms/use-action-form.ts";
import { useProven } from "#components/proof/use-proven.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { NewsChoices } from "./news-choices.tsx";
import { WebhookSecret } from "./webhook-secret.tsx";

type WebhookDialogProps = {
  readonly teamId: string;
  /** Absent for a new one. */
  readonly webhook?: WebhookView;
  readonly choices: ProofChoices;
  readonly onClose: () => void;
};

/** Where a team hears, and of what; a new signed webhook then shows its key this once. */
export default function WebhookDialog({ teamId, webhook, choices, onClose }: WebhookDialogProps) {
  const router = useRouter();
  const [secret, setSecret] = useState<string | null>(null);
  const [shown] = useState(webhook);
  const { action, dialog } = useProven(webhook === undefined ? addWebhookAction : change, choices);
  const { onSubmit, pending, failure, errorOf } = useActionForm<string | null>({
    action,
    toInput: (values) => {
      const common = { name: textOf(values, "name"), news: values.getAll("news") };
      const url = textOf(values, "url");
      if (webhook === undefined) return { teamId, kind: textOf(values, "kind"), url, ...common };
      return { webhookId: webhook.id, ...changed(shown, common), ...(url === "" ? {} : { url }) };
    },
    onDone: (made) => {
      router.refresh();
      if (made === null) onClose();
      else setSecret(made);
    },
  });
  if (secret !== null) return <WebhookSecret secret={secret} onClose={onClose} />;
  const isNew = webhook === undefined;
  return (
    <>
      <Dialog open onOpenChange={onClose} title={isNew ? "Add a webhook" : `Change ${webhook.name}`}>
        <form onSubmit={onSubmit} noValidate className="grid gap-4">
          <Field label="Name" hint="Where it arrives: “#deployments”" required error={errorOf("name")}>
            {(control) => (
              <Input
                {...control}
                name="name"
                maxLength={60}
                autoComplete="off"
                defaultValue={webhook?.name}
              />
            )}
          </Field>
          {isNew && (
            <Field
              label="Format"
              hint="Slack and Teams get messages in their own form; signed JSON follows the Standard Webhooks specification."
              required
              error={errorOf("kind")}
            >
              {(control) => (
                <Select {...control} name="kind" defaultValue="slack">
                  {WEBHOOK_KINDS.map((kind) => (
                    <option key={kind} value={kind}>
                      {WEBHOOK_KIND_TITLES[kind]}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          )}
          <Field
            label="Address"
            hint={isNew ? "Kept sealed: nobody sees it again." : "Leave it empty to keep the one it has."}
            required={isNew}
            error={errorOf("url")}
          >
            {(control) => (
              <Input {...control} name="url" type="url" autoComplete="off" placeholder="https://" mono />
            )}
          </Field>
          <NewsChoices
            chosen={
              webhook?.news ??
              TEAM_NOTIFICATION_KINDS.filter((kind) => kind !== "assigned" && kind !== "mention")
            }
            error={errorOf("news")}
          />
          <FailureNotice failure={failure} />
          <DialogActions onCancel={onClose} pending={pending}>
            <Button type="submit" variant="primary" pending={pending}>
              {isNew ? "Add the webhook" : "Change it"}
            </Button>
          </DialogActions>
        </form>
      </Dialog>
      {dialog}
    </>
  );
}

type Typed = { readonly name: string; readonly news: readonly FormDataEntryValue[] };

// Somebody else may have changed the rest meanwhile.
function changed(shown: WebhookView | undefined, { name, news }: Typed): Partial<Typed> {
  const sameNews = shown?.news.length === news.length && shown.news.every((kind) => news.includes(kind));
  return { ...(name !== shown?.name && { name }), ...(!sameNews && { news }) };
}

async function change(input: unknown): Promise<ActionResult<string | null>> {
  const result = await changeWebhookAction(input);
  return result.ok ? { ok: true, value: null } : result;
}
