"use client";

import { unstable_isUnrecognizedActionError } from "next/navigation";
import { noteSessionEnded } from "#components/live/session-ended.ts";
import type { ActionFailure, ActionResult } from "#lib/actions/action-result.ts";

const UNREACHABLE: ActionFailure = {
  ok: false,
  code: "unreachable",
  message: "The server cannot be reached. What you typed is kept; try again.",
  blockers: [],
  fields: {},
};

/** What a server action is called with; one that makes something, with the same `once` for each try. */
export type Action<T> = (input: unknown, once?: string) => Promise<ActionResult<T>>;

/**
 * Calls a server action and always answers: an ended session shows on the whole page, a page that is
 * older than the server loads anew, and a lost connection is a failure like any other.
 */
export async function callAction<T>(
  action: Action<T>,
  input: unknown,
  once?: string,
): Promise<ActionResult<T>> {
  try {
    const result = await action(input, once);
    if (!result.ok && result.code === "signed-out") noteSessionEnded();
    return result;
  } catch (error) {
    if (unstable_isUnrecognizedActionError(error)) window.location.reload();
    return UNREACHABLE;
  }
}
