import type { Actor } from "#lib/domain/actor.ts";
import type { LegalHoldInput, LiftLegalHoldInput } from "#lib/domain/inputs/retention.ts";
import { liftLegalHold as lift, setLegalHold as set } from "#lib/domain/legal-hold.ts";
import { changeDeployment } from "#lib/db/change-deployment.ts";
import { refuseUnproven } from "./step-up.ts";

/** Keeps everything of a record, with a reason, until somebody lifts it. Auditors and admins. */
export async function setLegalHold(actor: Actor, { reason, ...ref }: LegalHoldInput): Promise<void> {
  await changeDeployment(actor, ref, "legal-hold.manage", () => [set(reason)]);
}

/** Lets the retention span count again a week later, with a reason and a fresh proof. */
export async function liftLegalHold(
  actor: Actor,
  { reason, setAt, ...ref }: LiftLegalHoldInput,
): Promise<void> {
  await changeDeployment(actor, ref, "legal-hold.manage", () => {
    refuseUnproven(actor);
    return [lift(reason, setAt)];
  });
}
