"use client";

import { useCallback } from "react";
import { useMe } from "#components/live/live-provider.tsx";
import { fieldsOf, fill, keyOf, tellReact, typedIn } from "./form-fields.ts";
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
 * Keeps what is typed into a form, and chosen in it, on this device, for this person, until it is sent:
 * it survives a reload, a lost connection and an ended session, for a week. Never passwords or files.
 */
export function useDraft(name: string): Draft {
  const key = `countersign-draft:${useMe().id}:${name}`;
  const attach = useCallback(
    (form: HTMLFormElement) => {
      const onInput = () => keep(form, key);
      const draft = draftAt(key);
      restore(form, draft);
      // Some fields follow others, or the reader's time zone: once more when those stand.
      const timer = setTimeout(() => restore(form, draft).forEach(tellReact));
      form.addEventListener("input", onInput);
      return () => {
        clearTimeout(timer);
        form.removeEventListener("input", onInput);
      };
    },
    [key],
  );
  const forget = useCallback(() => keepOnDevice(key, null), [key]);
  return { attach, forget };
}

function keep(form: HTMLFormElement, key: string): void {
  const fields = Object.fromEntries(
    fieldsOf(form).flatMap((field) => {
      const typed = typedIn(field);
      return typed === "" ? [] : [[keyOf(field), typed]];
    }),
  );
  const draft: Kept = { at: Date.now(), fields };
  keepOnDevice(key, Object.keys(fields).length === 0 ? null : draft);
}

/** Fills the form, and answers with the fields that it filled. */
function restore(form: HTMLFormElement, draft: Kept | null) {
  if (draft === null) return [];
  return fieldsOf(form).filter((field) => {
    const typed = draft.fields[keyOf(field)];
    if (typed !== undefined) fill(field, typed);
    return typed !== undefined;
  });
}

// Only `keep` writes under this key.
function draftAt(key: string): Kept | null {
  const draft = keptOnDevice(key) as Kept | null;
  return draft !== null && Date.now() - draft.at < KEPT_MS ? draft : null;
}
