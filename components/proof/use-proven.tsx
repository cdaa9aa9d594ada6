"use client";

import { later } from "#components/ui/later.tsx";
import { type ReactNode, useState } from "react";
import type { ActionResult } from "#lib/actions/action-result.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";

const StepUpDialog = later(() => import("./step-up-dialog.tsx"));

type Action<T> = (input: unknown) => Promise<ActionResult<T>>;

/**
 * A form's action that asks for a fresh proof where it has to, and then goes on by itself; whoever goes
 * back gets the refusal. `dialog` belongs beside the form.
 */
export function useProven<T>(
  action: Action<T>,
  choices: ProofChoices,
): { readonly action: Action<T>; readonly dialog: ReactNode } {
  const [answer, setAnswer] = useState<((isProven: boolean) => void) | null>(null);

  async function proven(input: unknown): Promise<ActionResult<T>> {
    const result = await action(input);
    if (result.ok || result.code !== "step-up-required") return result;
    const isProven = await new Promise<boolean>((resolve) => setAnswer(() => resolve));
    setAnswer(null);
    return isProven ? action(input) : result;
  }

  const dialog = answer !== null && (
    <StepUpDialog choices={choices} onProven={() => answer(true)} onClose={() => answer(false)} />
  );
  return { action: proven, dialog };
}
