"use server";

import { createTokenInput, tokenInput } from "#lib/domain/inputs/tokens.ts";
import { createToken, revokeToken } from "#lib/services/tokens.ts";
import type { ActionResult } from "./action-result.ts";
import { runAction } from "./run-action.ts";

/** Makes a token and answers with its secret, which is shown this once. */
export async function createTokenAction(input: unknown): Promise<ActionResult<string>> {
  return runAction(createTokenInput, input, createToken);
}

export async function revokeTokenAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(tokenInput, input, revokeToken);
}
