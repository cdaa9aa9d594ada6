"use server";

import { headers } from "next/headers";
import { clientAddress } from "#lib/api/client-address.ts";
import { recoverInput, recoveryLinkInput } from "#lib/domain/inputs/account.ts";
import { valid } from "#lib/domain/inputs/valid.ts";
import { makeRecoveryLink, recoverAccount } from "#lib/services/recovery-links.ts";
import type { ActionResult } from "./action-result.ts";
import { failure, runAction } from "./run-action.ts";

/** Makes a link and answers with its token, which is shown this once. */
export async function makeRecoveryLinkAction(input: unknown): Promise<ActionResult<string>> {
  return runAction(recoveryLinkInput, input, makeRecoveryLink);
}

/** Without a session: whoever holds the link has none. The proxy has checked its origin. */
export async function recoverAccountAction(input: unknown): Promise<ActionResult<void>> {
  try {
    await recoverAccount(valid(recoverInput, input), clientAddress(await headers()));
    return { ok: true, value: undefined };
  } catch (error) {
    return failure(error);
  }
}
