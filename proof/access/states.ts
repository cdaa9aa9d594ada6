import { prisma } from "#lib/db/prisma.ts";
import { addFile } from "#lib/services/evidence.ts";
import { startPhase } from "#lib/services/phases.ts";
import { cancelDeployment, triggerRollback } from "#lib/services/rollback.ts";
import {
  finishPhase,
  load,
  openRecord,
  settlePhase,
  signAll,
  toSignOff,
  type Team,
} from "#test/support/factories.ts";

/** A record in one of the states that matter, and what the ways in name besides. */
export type Target = {
  readonly state: string;
  readonly record: string;
  readonly service: string;
  readonly file: string;
};

const reason = "for the matrix";

const STATES: Readonly<Record<string, (team: Team, id: string) => Promise<unknown>>> = {
  "phase open": async () => undefined,
  "at the sign-off": toSignOff,
  live: toLive,
  "rolled back": async (team, id) => {
    await toLive(team, id);
    await triggerRollback(team.lead, { deploymentId: id, reason });
    await settlePhase(team, id, "rollback");
  },
  completed: async (team, id) => {
    await toLive(team, id);
    for (const phase of ["deployment", "post-deployment", "follow-up"]) await finishPhase(team, id, phase);
  },
  cancelled: async (team, id) => cancelDeployment(team.lead, { deploymentId: id, reason }),
};

/** A team's record in each state; all of one service, whose name is `service`. */
export async function makeTargets(team: Team, service: string): Promise<readonly Target[]> {
  const targets: Target[] = [];
  for (const [state, bring] of Object.entries(STATES)) {
    const record = await openRecord(team, { service });
    await addFile(team.engineer, {
      deploymentId: record,
      item: "cdn",
      name: "a.txt",
      bytes: new Uint8Array([65]),
    });
    await bring(team, record);
    const file = await prisma().file.findFirstOrThrow({
      where: { deploymentId: record },
      select: { id: true },
    });
    targets.push({ state, record, service: (await load(record)).service.id, file: file.id });
  }
  return targets;
}

async function toLive(team: Team, id: string): Promise<void> {
  await toSignOff(team, id);
  await signAll(team, id);
  await startPhase(team.engineer, { deploymentId: id, phase: "deployment" });
}
