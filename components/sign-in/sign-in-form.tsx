"use client";

import type { FormEvent } from "react";
import { textOf } from "#components/forms/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { SecondFactorForm } from "./second-factor-form.tsx";
import { useSignIn } from "./use-sign-in.ts";

export function SignInForm({ from }: { from: string }) {
  const signing = useSignIn(from);
  const { signIn, step, pending, error } = signing;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    if (pending === null) void signIn(textOf(values, "email"), textOf(values, "password"));
  };
  if (step === "second-factor") return <SecondFactorForm signing={signing} />;
  return (
    <form onSubmit={submit} method="post" className="grid gap-4">
      <Field label="E-mail" required>
        {(control) => <Input {...control} name="email" type="email" autoComplete="username" autoFocus />}
      </Field>
      <Field label="Password" required>
        {(control) => <Input {...control} name="password" type="password" autoComplete="current-password" />}
      </Field>
      {error !== null && <Notice tone="blocked" announce title={error} />}
      <Button type="submit" variant="primary" size="lg" pending={pending !== null}>
        Sign in
      </Button>
    </form>
  );
}
