"use server";

import type { SecondFactorChoices } from "#lib/domain/ceremonies.ts";
import { cookies } from "next/headers";
import { originInput } from "#lib/domain/inputs/account.ts";
import { valid } from "#lib/domain/inputs/valid.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { pendingCookie } from "#lib/auth/pending-cookie.ts";
import { askSecondFactor } from "#lib/services/sign-in.ts";
import type { ActionResult } from "./action-result.ts";
import { failure } from "./run-action.ts";

/** What the second step can be. Without a session: the first step's cookie says whose it is. */
export async function askSecondFactorAction(input: unknown): Promise<ActionResult<SecondFactorChoices>> {
  try {
    const { origin } = valid(originInput, input);
    const token = (await cookies()).get(pendingCookie().name)?.value;
    if (token === undefined) throw new Rejection("sign-in-over", "Begin again with your password");
    return { ok: true, value: await askSecondFactor(token, origin) };
  } catch (error) {
    return failure(error);
  }
}
