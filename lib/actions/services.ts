"use server";

import { serviceChecksInput } from "#lib/domain/inputs/service-checks.ts";
import { configureChecks } from "#lib/services/service-checks.ts";
import type { ActionResult } from "./action-result.ts";
import { runAction } from "./run-action.ts";

export async function configureChecksAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(serviceChecksInput, input, configureChecks);
}
