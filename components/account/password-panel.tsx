"use client";

import { useRef, useState } from "react";
import { changeOwnPasswordAction } from "#lib/actions/account.ts";
import type { ActionFailure, ActionResult } from "#lib/actions/action-result.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import { FailureNotice } from "#components/forms/failure-notice.tsx";
import { textOf } from "#components/forms/use-action-form.ts";
import { useStepUp } from "#components/proof/step-up.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Panel, PanelBody, PanelHeader } from "#components/ui/panel.tsx";

/** Changes one's own password. What is wrong with it stands beside its field. */
export function PasswordPanel({ choices }: { choices: ProofChoices }) {
  const { run, pending, dialogs } = useStepUp(choices);
  const form = useRef<HTMLFormElement>(null);
  const [refused, setRefused] = useState<ActionFailure | null>(null);
  const [changed, setChanged] = useState(false);
  // A refusal of the form is the form's; one that asks for a proof is the dialog's.
  const change = async (input: unknown): Promise<ActionResult<boolean>> => {
    const result = await changeOwnPasswordAction(input);
    setRefused(result.ok || result.code === "step-up-required" ? null : result);
    return result.ok || result.code !== "step-up-required" ? { ok: true, value: result.ok } : result;
  };
  const errorOf = (field: string) => refused?.fields[field];
  const submit = () => {
    const values = new FormData(form.current ?? undefined);
    const input = { current: textOf(values, "current"), password: textOf(values, "new") };
    return run(
      change,
      () => input,
      (done) => {
        setChanged(done);
        if (done) form.current?.reset();
      },
    );
  };
  const shownAtFields = errorOf("current") !== undefined || errorOf("password") !== undefined;
  return (
    <Panel aria-labelledby="password">
      <PanelHeader
        id="password"
        title="Password"
        description="Changing it ends your other sessions, API tokens, calendar address and links to recover the account."
      />
      <PanelBody>
        <form
          ref={form}
          noValidate
          className="grid max-w-md gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            if (!pending) void submit();
          }}
        >
          <Field label="Present password" required error={errorOf("current")}>
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
          {!shownAtFields && <FailureNotice failure={refused} />}
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
      {dialogs}
    </Panel>
  );
}
