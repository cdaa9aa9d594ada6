"use client";

import { type FormEvent, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { ActionFailure, ActionResult } from "#lib/actions/action-result.ts";
import { callAction, type Action } from "./call-action.ts";
import { InputFailure } from "./input-failure.ts";
import { leadToFirstError } from "./lead-to-first-error.ts";

type Options<T> = {
  readonly action: Action<T>;
  /** The form's values as the action's input; an `InputFailure` that it throws is shown. */
  readonly toInput: (values: FormData) => unknown;
  readonly onDone: (value: T, form: HTMLFormElement) => void | Promise<void>;
};

/** A form that sends to a server action, keeps what was typed, and leads to what was refused. */
export function useActionForm<T>({ action, toInput, onDone }: Options<T>) {
  const [pending, setPending] = useState(false);
  const [refused, setRefused] = useState<ActionFailure | null>(null);
  const [saidByField, setSaidByField] = useState(true);
  // An answer that was lost on its way may have been a yes: until one is heard, it is the same thing that is sent.
  const once = useRef<string>(null);

  async function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const form = event.currentTarget;
    setPending(true);
    once.current ??= crypto.randomUUID();
    const result = await send(action, toInput, new FormData(form), once.current);
    if (result.ok) once.current = null;
    // At once, since the fields that are wrong are found by what they then say.
    flushSync(() => {
      setRefused(result.ok ? null : result);
      setSaidByField(true);
    });
    if (result.ok) await onDone(result.value, form);
    else setSaidByField(leadToFirstError(form));
    setPending(false);
  }

  const errors = Object.entries(refused?.fields ?? {});
  return {
    onSubmit,
    pending,
    /** Why it was refused, where none of its fields says so. */
    failure: saidByField ? null : refused,
    /** The paths of all that was refused, in the form's order. */
    wrong: errors.map(([path]) => path),
    errorOf: (field: string) => errors.find(([path]) => path === field)?.[1],
    /** The first of a list's errors, of which each names its entry. */
    errorWithin: (list: string) => errors.find(([path]) => path === list || path.startsWith(`${list}.`))?.[1],
  };
}

async function send<T>(
  action: Action<T>,
  toInput: Options<T>["toInput"],
  values: FormData,
  once: string,
): Promise<ActionResult<T>> {
  try {
    return await callAction(action, await toInput(values), once);
  } catch (error) {
    if (error instanceof InputFailure) return error.failure;
    throw error;
  }
}

/** A text field's value; an absent one is empty. */
export function textOf(values: FormData, name: string): string {
  const value = values.get(name);
  return typeof value === "string" ? value : "";
}
