"use client";

import type { NewPasskeyRequest, PasskeyRequest } from "#lib/domain/ceremonies.ts";
import type { ActionResult } from "#lib/actions/action-result.ts";
import { callAction } from "#components/forms/call-action.ts";
import { InputFailure } from "#components/forms/input-failure.ts";

export type Ask<T> = (input: unknown) => Promise<ActionResult<T>>;

/** Asks the server for a challenge and a passkey for its answer: a proof of kind `passkey`. */
export async function provePasskey(ask: Ask<PasskeyRequest>, about: object = {}) {
  return answerPasskey(await challengeFrom(ask, about));
}

/** A passkey's answer to a request, as the server takes it. */
export async function answerPasskey({ challengeId, options }: PasskeyRequest) {
  const { startAuthentication } = await import("@simplewebauthn/browser");
  const answer = await orCancelled(startAuthentication({ optionsJSON: options }));
  return { kind: "passkey" as const, challengeId, answer };
}

/** Asks the server, and then the browser, for a new passkey. */
export async function makePasskey(ask: Ask<NewPasskeyRequest>) {
  const { challengeId, options } = await challengeFrom(ask, {});
  const { startRegistration } = await import("@simplewebauthn/browser");
  return { challengeId, answer: await orCancelled(startRegistration({ optionsJSON: options })) };
}

async function challengeFrom<T>(ask: Ask<T>, about: object): Promise<T> {
  const asked = await callAction(ask, { ...about, origin: window.location.origin });
  if (asked.ok) return asked.value;
  throw new InputFailure(asked);
}

async function orCancelled<T>(ceremony: Promise<T>): Promise<T> {
  try {
    return await ceremony;
  } catch (error) {
    const known = error instanceof Error && error.name === "InvalidStateError";
    const message = known
      ? "This passkey is known already."
      : "The passkey did not answer, or you cancelled. Try again.";
    throw new InputFailure({ ok: false, code: "proof-required", message, blockers: [], fields: {} });
  }
}
