"use client";

import { useCallback } from "react";
import { useMe } from "#components/live/live-provider.tsx";
import { keepOnDevice, keptOnDevice } from "./kept-on-device.ts";

const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

type Kept = { readonly at: number; readonly fields: Readonly<Record<string, string>> };

export type Draft = {
  /** The form's `ref`: fills it with what was typed before. */
  readonly attach: (form: HTMLFormElement) => () => void;
  /** What was typed has arrived, or is not wanted any more. */
  readonly forget: () => void;
};

/**
 * Keeps what is typed into a form on this device, for this person, until it is sent: it survives a
 * reload, a lost connection and an ended session, for a week. Never passwords or files.
 */
export function useDraft(name: string): Draft {
  const key = `countersign-draft:${useMe().id}:${name}`;
  const attach = useCallback(
    (form: HTMLFormElement) => {
      const onInput = () => keep(form, key);
      restore(form, key);
      form.addEventListener("input", onInput);
      return () => form.removeEventListener("input", onInput);
    },
    [key],
  );
  const forget = useCallback(() => keepOnDevice(key, null), [key]);
  return { attach, forget };
}

function keep(form: HTMLFormElement, key: string): void {
  const fields = Object.fromEntries(
    textFields(form).flatMap(({ name, value }) => (value === "" ? [] : [[name, value]])),
  );
  const draft: Kept = { at: Date.now(), fields };
  keepOnDevice(key, Object.keys(fields).length === 0 ? null : draft);
}

function restore(form: HTMLFormElement, key: string): void {
  const draft = draftAt(key);
  if (draft === null) return;
  for (const field of textFields(form)) {
    const typed = draft.fields[field.name];
    if (typed !== undefined) field.value = typed;
  }
}

// Only `keep` writes under this key.
function draftAt(key: string): Kept | null {
  const draft = keptOnDevice(key) as Kept | null;
  return draft !== null && Date.now() - draft.at < KEPT_MS ? draft : null;
}

const NOT_KEPT = ["password", "file", "checkbox", "radio", "hidden", "submit", "button"];

function textFields(form: HTMLFormElement): readonly (HTMLInputElement | HTMLTextAreaElement)[] {
  return [...form.elements].filter(
    (field): field is HTMLInputElement | HTMLTextAreaElement =>
      (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) &&
      field.name !== "" &&
      !NOT_KEPT.includes(field.type),
  );
}
