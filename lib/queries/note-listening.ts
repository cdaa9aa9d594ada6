import type { Actor } from "#lib/domain/actor.ts";
import { actsAsAuditor, seesAsAuditor } from "#lib/domain/policy.ts";
import { noteAccess } from "#lib/db/access-log.ts";

/** Notes that somebody listens as an auditor: to one record, or to all that they see; once within ten minutes. */
export async function noteListening(
  actor: Actor,
  record: { readonly id: string; readonly teamId: string } | null,
): Promise<void> {
  const asAuditor =
    record === null ? actsAsAuditor(actor, "deployment.view") : seesAsAuditor(actor, record.teamId);
  if (asAuditor) await noteAccess(actor, { act: "opened", subject: "live stream", record });
}
