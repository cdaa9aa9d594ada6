"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ActionFailure, ActionResult } from "#lib/actions/action-result.ts";
import { callAction } from "./call-action.ts";

/** Calls an action and shows what it left on the page. */
export function usePageChange() {
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const run = async (action: (input: unknown) => Promise<ActionResult<unknown>>, input: unknown) => {
    setPending(true);
    const result = await callAction(action, input);
    setFailure(result.ok ? null : result);
    setPending(false);
    router.refresh();
  };
  return { run, pending, failure, forget: () => setFailure(null) };
}
