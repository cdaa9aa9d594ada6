"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { changeOwnPasswordAction } from "#lib/actions/account.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import { FailureNotice } from "#components/forms/failure-notice.tsx";
import { textOf, useActionForm } from "#components/forms/use-action-form.ts";
import { useProven } from "#components/proof/use-proven.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Panel, PanelBody, PanelHeader } from "#components/ui/panel.tsx";

/** Changes one's own password. What is wrong with it stands beside its field. */
export function PasswordPanel({ choices }: { choices: ProofChoices }) {
  const router = useRouter();
  const { action, dialog } = useProven(changeOwnPasswordAction, choices);
  const [changed, setChanged] = useState(false);
  const { onSubmit, pending, failure, errorOf } = useActionForm({
    action,
    toInput: (values) => {
      setChanged(false);
      return { current: textOf(values, "current"), password: textOf(values, "new") };
    },
    onDone: (_value, form) => {
      form.reset();
      setChanged(true);
      router.refresh();
    },
  });
  return (
    <Panel aria-labelledby="password">
      <PanelHeader
        id="password"
        title="Password"
        description="Changing it ends your other sessions, API tokens, calendar address and links to recover the account."
      />
      <PanelBody>
        <form noValidate className="grid max-w-md gap-4" onSubmit={onSubmit}>
          <Field label="Current password" required error={errorOf("current")}>
            {(control) => (
              <Input {...control} name="current" type="password" autoComplete="current-password" />
            )}
          </Field>
          <Field
            label="New password"
            hint="At least 12 characters; a few words in a row are easy to keep."
            required
            error={errorOf("password")}
          >
            {(control) => <Input {...control} name="new" type="password" autoComplete="new-password" />}
          </Field>
          <FailureNotice failure={failure} />
          {changed && (
            <Notice
              tone="done"
              announce
              title="Your password is changed; your other sessions and your API tokens have ended."
            />
          )}
          <Button type="submit" className="justify-self-start" pending={pending}>
            Change the password
          </Button>
        </form>
      </PanelBody>
      {dialog}
    </Panel>
  );
}
