"use server";

import { headers } from "next/headers";
import { clientAddress } from "#lib/api/client-address.ts";
import { setUpInput } from "#lib/domain/inputs/people.ts";
import { setUp } from "#lib/services/set-up.ts";
import type { ActionResult } from "./action-result.ts";
import { valid } from "#lib/domain/inputs/valid.ts";
import { failure } from "./run-action.ts";

/** The one action without a session: there is nobody yet. The proxy has checked its origin. */
export async function setUpAction(input: unknown): Promise<ActionResult<void>> {
  try {
    await setUp(valid(setUpInput, input), clientAddress(await headers()));
    return { ok: true, value: undefined };
  } catch (error) {
    return failure(error);
  }
}
