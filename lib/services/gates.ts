import type { Actor } from "#lib/domain/actor.ts";
import type { AskedAbout } from "#lib/domain/asked-about.ts";
import { closedBy } from "#lib/domain/gate-standing.ts";
import { CLOSE_OUT } from "#lib/domain/gates.ts";
import type { PhaseInput } from "#lib/domain/inputs/deployments.ts";
import { may, seesAsAuditor } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { noteAccess } from "#lib/db/access-log.ts";
import { loadDeployment } from "#lib/db/load-deployment.ts";
import { whyMade } from "./deployment-made.ts";
import { judgeGate, type GateAnswer } from "./gate-looks.ts";

/**
 * Rule 2: whether a phase may begin now. Live checks look once more: those of the open phase are
 * recorded, and those of phases behind it close the gate when they fail, without touching what was
 * signed. A record of something else than is asked about answers no, and so does one whose deployment has
 * been made.
 */
export async function askGate(
  actor: Actor,
  { deploymentId, phase }: PhaseInput,
  asked: AskedAbout = {},
): Promise<GateAnswer> {
  const loaded = await loadDeployment(deploymentId);
  if (loaded === null || !may(actor, "deployment.view", loaded.deployment.teamId)) {
    throw new Rejection("not-found", "There is no such deployment");
  }
  const phases = loaded.deployment.checklist.phases.map(({ key }) => key);
  if (phase !== CLOSE_OUT && !phases.includes(phase))
    throw new Rejection("not-found", "There is no such phase");
  const { teamId } = loaded.deployment;
  if (seesAsAuditor(actor, teamId))
    await noteAccess(actor, {
      act: "opened",
      subject: `gate ${phase}`,
      record: { id: deploymentId, teamId },
    });
  const answer = await judgeGate(loaded.deployment, phase, asked);
  const made = await whyMade(loaded.deployment, phase);
  return closedBy(made === null ? [] : [made], answer);
}
