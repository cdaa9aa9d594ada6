"use client";

import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { createTokenAction } from "#lib/actions/tokens.ts";
import { TOKEN_SCOPE_TITLES, TOKEN_SCOPES } from "#lib/domain/token-scopes.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import { FailureNotice } from "#components/forms/failure-notice.tsx";
import { textOf, useActionForm } from "#components/forms/use-action-form.ts";
import { useProven } from "#components/proof/use-proven.tsx";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Choice } from "#components/ui/choice.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { FieldError } from "#components/ui/field-error.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { NewToken } from "./new-token.tsx";

type CreateTokenDialogProps = { readonly choices: ProofChoices; readonly onClose: () => void };

/** Asks for a name, scopes and an end; then shows the token this once. */
export default function CreateTokenDialog({ choices, onClose }: CreateTokenDialogProps) {
  const router = useRouter();
  const { action, dialog } = useProven(createTokenAction, choices);
  const [secret, setSecret] = useState<string | null>(null);
  const scopesErrorId = useId();
  const { onSubmit, pending, failure, errorOf } = useActionForm({
    action,
    toInput: (values) => ({
      name: textOf(values, "name"),
      scopes: values.getAll("scope"),
      days: Number(textOf(values, "days")),
    }),
    onDone: (made) => {
      setSecret(made);
      router.refresh();
    },
  });
  if (secret !== null) return <NewToken secret={secret} onClose={onClose} />;
  return (
    <>
      <Dialog open onOpenChange={onClose} title="Make an API token">
        <form onSubmit={onSubmit} noValidate className="grid gap-4">
          <Field label="Name" hint="What uses it: “payments pipeline”" required error={errorOf("name")}>
            {(control) => <Input {...control} name="name" maxLength={100} autoComplete="off" />}
          </Field>
          <fieldset
            aria-describedby={errorOf("scopes") === undefined ? undefined : scopesErrorId}
            className="grid gap-2"
          >
            <legend className="mb-1 font-medium">Scopes</legend>
            {TOKEN_SCOPES.map((scope) => (
              <Choice
                key={scope}
                label={scope}
                hint={TOKEN_SCOPE_TITLES[scope]}
                control={(ids) => (
                  <Checkbox {...ids} plain name="scope" value={scope} defaultChecked={scope === "read"} />
                )}
              />
            ))}
            <FieldError id={scopesErrorId}>{errorOf("scopes")}</FieldError>
          </fieldset>
          <Field label="Ends" required error={errorOf("days")}>
            {(control) => (
              <Select {...control} name="days" defaultValue="90">
                <option value="7">in 7 days</option>
                <option value="30">in 30 days</option>
                <option value="90">in 90 days</option>
                <option value="366">in a year</option>
              </Select>
            )}
          </Field>
          <FailureNotice failure={failure} />
          <DialogActions onCancel={onClose} pending={pending}>
            <Button type="submit" variant="primary" pending={pending}>
              Make the token
            </Button>
          </DialogActions>
        </form>
      </Dialog>
      {dialog}
    </>
  );
}
