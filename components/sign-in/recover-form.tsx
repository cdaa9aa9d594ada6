"use client";

import { recoverAccountAction } from "#lib/actions/recovery.ts";
import { FailureNotice } from "#components/forms/failure-notice.tsx";
import { InputFailure } from "#components/forms/input-failure.ts";
import { textOf, useActionForm } from "#components/forms/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

/** Sets a new password. The link's token stands behind the `#`, which no server and no log sees. */
export function RecoverForm() {
  const { onSubmit, pending, failure, errorOf } = useActionForm({
    action: recoverAccountAction,
    toInput: (values) => {
      const [password, again] = [textOf(values, "password"), textOf(values, "again")];
      if (password !== again) throw differ();
      return { token: window.location.hash.slice(1), password };
    },
    onDone: () => window.location.assign("/sign-in"),
  });
  const overLink = errorOf("token");
  return (
    <form onSubmit={onSubmit} noValidate className="grid gap-4">
      <Field label="New password" hint="At least 12 characters." required error={errorOf("password")}>
        {(control) => <Input {...control} name="password" type="password" autoComplete="new-password" />}
      </Field>
      <Field label="Once more" required error={errorOf("again")}>
        {(control) => <Input {...control} name="again" type="password" autoComplete="new-password" />}
      </Field>
      <FailureNotice
        failure={failure && overLink !== undefined ? { ...failure, message: overLink, fields: {} } : failure}
      />
      <Button type="submit" variant="primary" size="lg" pending={pending}>
        Set the password
      </Button>
    </form>
  );
}

function differ(): InputFailure {
  const message = "The two do not match";
  return new InputFailure({
    ok: false,
    code: "invalid-input",
    message,
    blockers: [],
    fields: { again: message },
  });
}
