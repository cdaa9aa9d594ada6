"use server";

import { freeRepositoryInput, serviceChecksInput } from "#lib/domain/inputs/service-checks.ts";
import { configureChecks, freeRepository } from "#lib/services/service-checks.ts";
import type { ActionResult } from "./action-result.ts";
import { runAction } from "./run-action.ts";

export async function configureChecksAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(serviceChecksInput, input, configureChecks);
}

/** Takes a repository and environment from the service that names it. */
export async function freeRepositoryAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(freeRepositoryInput, input, freeRepository);
}
