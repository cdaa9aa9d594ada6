import type { Actor } from "#lib/domain/actor.ts";
import type { ReasonInput } from "#lib/domain/inputs/deployments.ts";
import * as rules from "#lib/domain/rollback.ts";
import { changeDeployment } from "#lib/db/change-deployment.ts";

/** Rule 7: from T-0 on, freezes the open phase and opens the rollback list. */
export async function triggerRollback(actor: Actor, { reason, ...ref }: ReasonInput): Promise<void> {
  await changeDeployment(actor, ref, "rollback.trigger", () => [rules.triggerRollback(reason)]);
}

/** Rule 7: before T-0, a team lead ends the record. */
export async function cancelDeployment(actor: Actor, { reason, ...ref }: ReasonInput): Promise<void> {
  await changeDeployment(actor, ref, "deployment.cancel", () => [rules.cancelDeployment(reason)]);
}
