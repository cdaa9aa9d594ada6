"use client";

import { later } from "#components/ui/later.tsx";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import type { ActionFailure, ActionResult } from "#lib/actions/action-result.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import { callAction } from "#components/forms/call-action.ts";
import { InputFailure } from "#components/forms/input-failure.ts";
import { RefusalDialog } from "#components/forms/refusal-dialog.tsx";

const StepUpDialog = later(() => import("./step-up-dialog.tsx"));

type Attempt = () => Promise<ActionFailure | null>;

/**
 * Runs what may ask for a fresh proof first: then it shows that dialog, and goes on by itself.
 * `dialogs` belongs on the page beside what runs.
 */
export function useStepUp(choices: ProofChoices) {
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const [waiting, setWaiting] = useState<Attempt | null>(null);
  const [failure, setFailure] = useState<ActionFailure | null>(null);

  const attempt = async (doIt: Attempt) => {
    setPending(true);
    const refusal = await doIt();
    setPending(false);
    if (refusal?.code === "step-up-required") return setWaiting(() => doIt);
    setFailure(refusal);
    // What was refused may have left something too: a test that did not arrive its line in a log.
    router.refresh();
  };

  function run<T>(
    action: (input: unknown) => Promise<ActionResult<T>>,
    toInput: () => unknown,
    onDone: (value: T) => void = () => undefined,
  ) {
    return attempt(async () => {
      const result = await callWith(action, toInput);
      if (!result.ok) return result;
      onDone(result.value);
      return null;
    });
  }

  const dialogs: ReactNode = (
    <>
      {waiting !== null && (
        <StepUpDialog
          choices={choices}
          onClose={() => setWaiting(null)}
          onProven={() => {
            setWaiting(null);
            void attempt(waiting);
          }}
        />
      )}
      <RefusalDialog failure={failure} onClose={() => setFailure(null)} />
    </>
  );
  return { run, pending, dialogs };
}

async function callWith<T>(
  action: (input: unknown) => Promise<ActionResult<T>>,
  toInput: () => unknown,
): Promise<ActionResult<T>> {
  try {
    return await callAction(action, await toInput());
  } catch (error) {
    if (error instanceof InputFailure) return error.failure;
    throw error;
  }
}
