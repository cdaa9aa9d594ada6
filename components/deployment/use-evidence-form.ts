"use client";

import { type FormEvent, useCallback, useId, useRef, useState } from "react";
import { addEvidenceAction } from "#lib/actions/evidence.ts";
import type { ItemView } from "#lib/queries/deployment-view.ts";
import { useDraft } from "#components/forms/use-draft.ts";
import { useActionForm } from "#components/forms/use-action-form.ts";
import { evidenceFrom } from "./evidence-from.ts";
import type { ItemChanges } from "./use-item-changes.ts";
import { useRefresh } from "./use-deployment.ts";

/** The value of the button that ticks the item once its evidence is kept. */
export const AND_TICK = "tick";

export type EvidenceFormState = ReturnType<typeof useEvidenceForm>;

/** The form for an item's evidence, and whether something stands in it; its main button may stand elsewhere. */
export function useEvidenceForm(deploymentId: string, item: ItemView, changes: ItemChanges) {
  const id = useId();
  const refresh = useRefresh();
  const { attach, forget } = useDraft(`${deploymentId}:${item.key}:evidence`);
  const andTick = useRef(false);
  const [typed, setTyped] = useState(false);
  const { onSubmit, ...form } = useActionForm({
    action: addEvidenceAction,
    toInput: (values) => ({ deploymentId, item: item.key, content: evidenceFrom(values, item.requirement) }),
    onDone: async (_value, sent) => {
      forget();
      sent.reset();
      setTyped(false);
      if (andTick.current) changes.change({ item: item.key, to: "done" });
      await refresh();
    },
  });
  const attachForm = useCallback(
    (element: HTMLFormElement) => {
      const look = () => setTyped(hasText(element));
      const detach = attach(element);
      look();
      element.addEventListener("input", look);
      return () => {
        element.removeEventListener("input", look);
        detach();
      };
    },
    [attach],
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    const { nativeEvent } = event;
    const by = nativeEvent instanceof SubmitEvent ? nativeEvent.submitter : null;
    andTick.current = by instanceof HTMLButtonElement && by.value === AND_TICK;
    return onSubmit(event);
  };
  return { id, attachForm, typed, onSubmit: submit, ...form };
}

function hasText(form: HTMLFormElement): boolean {
  return [...new FormData(form).values()].some((value) => typeof value === "string" && value.trim() !== "");
}
