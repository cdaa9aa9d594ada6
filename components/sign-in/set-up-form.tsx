"use client";

import { setUpAction } from "#lib/actions/set-up.ts";
import { FailureNotice } from "#components/forms/failure-notice.tsx";
import { textOf, useActionForm } from "#components/forms/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

const FIELDS = [
  { name: "token", label: "Token", hint: "As the server printed it.", mono: true },
  { name: "team", label: "First team", hint: "More can be added later." },
  { name: "name", label: "Your name", autoComplete: "name" },
  { name: "email", label: "Your e-mail", type: "email", autoComplete: "username" },
  {
    name: "password",
    label: "Password",
    hint: "At least 12 characters.",
    type: "password",
    autoComplete: "new-password",
  },
] as const;

export function SetUpForm() {
  const { onSubmit, pending, failure, errorOf } = useActionForm({
    action: setUpAction,
    toInput: (values) => Object.fromEntries(FIELDS.map(({ name }) => [name, textOf(values, name)])),
    onDone: () => window.location.assign("/sign-in"),
  });
  return (
    <form onSubmit={onSubmit} noValidate className="grid gap-4">
      {FIELDS.map(({ name, label, ...field }) => (
        <Field
          key={name}
          label={label}
          hint={"hint" in field ? field.hint : undefined}
          required
          error={errorOf(name)}
        >
          {(control) => (
            <Input
              {...control}
              name={name}
              mono={"mono" in field}
              type={"type" in field ? field.type : "text"}
              autoComplete={"autoComplete" in field ? field.autoComplete : "off"}
            />
          )}
        </Field>
      ))}
      <FailureNotice failure={failure} />
      <Button type="submit" variant="primary" size="lg" pending={pending}>
        Make the admin
      </Button>
    </form>
  );
}
