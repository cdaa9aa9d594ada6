"use client";

import { type FormEvent, useState } from "react";
import type { ActionFailure, ActionResult } from "#lib/actions/action-result.ts";
import { callAction } from "./call-action.ts";
import { InputFailure } from "./input-failure.ts";

type Options<T> = {
  readonly action: (input: unknown) => Promise<ActionResult<T>>;
  /** The form's values as the action's input; an `InputFailure` that it throws is shown. */
  readonly toInput: (values: FormData) => unknown;
  readonly onDone: (value: T, form: HTMLFormElement) => void | Promise<void>;
};

/** A form that sends to a server action, keeps what was typed, and shows each error in its place. */
export function useActionForm<T>({ action, toInput, onDone }: Options<T>) {
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<ActionFailure | null>(null);

  async function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const form = event.currentTarget;
    setPending(true);
    const result = await send(action, toInput, new FormData(form));
    setFailure(result.ok ? null : result);
    if (result.ok) await onDone(result.value, form);
    else requestAnimationFrame(() => focusFirstError(form));
    setPending(false);
  }

  return { onSubmit, pending, failure, errorOf: (field: string) => failure?.fields[field] };
}

async function send<T>(
  action: Options<T>["action"],
  toInput: Options<T>["toInput"],
  values: FormData,
): Promise<ActionResult<T>> {
  try {
    return await callAction(action, await toInput(values));
  } catch (error) {
    if (error instanceof InputFailure) return error.failure;
    throw error;
  }
}

function focusFirstError(form: HTMLFormElement): void {
  form.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
}

/** A text field's value; an absent one is empty. */
export function textOf(values: FormData, name: string): string {
  const value = values.get(name);
  return typeof value === "string" ? value : "";
}
