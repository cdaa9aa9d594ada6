import { beforeAll, expect, test } from "vitest";
import { askGate } from "#lib/services/gates.ts";
import { completePhase, startPhase } from "#lib/services/phases.ts";
import {
  makeTeam,
  openRecord,
  refusalOf,
  settlePhase,
  signAll,
  toSignOff,
  type Team,
} from "#test/support/factories.ts";

const [FIRST, SECOND] = ["a".repeat(40), "b".repeat(40)];
let team: Team;

beforeAll(async () => {
  team = await makeTeam();
});

/** What a pipeline asks before it deploys: the gate, and then to begin. */
async function mayDeploy(id: string, commit: string) {
  const ref = { deploymentId: id, phase: "deployment" };
  const asked = { commit, environment: "production" };
  const { open, blockers } = await askGate(team.engineer, ref, asked);
  return {
    open,
    codes: blockers.map(({ code }) => code),
    start: await refusalOf(startPhase(team.engineer, ref, asked)),
  };
}

async function begun(service: string, commit: string): Promise<string> {
  const id = await openRecord(team, { service, commit });
  await toSignOff(team, id);
  await signAll(team, id);
  expect(await mayDeploy(id, commit)).toEqual({ open: true, codes: [], start: null });
  return id;
}

const NO = { open: false, codes: ["deployment-made"], start: "gate-closed" };

test("a pipeline that runs again hears yes while the deployment is made, and no once it was made", async () => {
  const id = await begun("payments", FIRST);
  expect(await mayDeploy(id, FIRST)).toEqual({ open: true, codes: [], start: null });
  await settlePhase(team, id, "deployment");
  await completePhase(team.engineer, { deploymentId: id, phase: "deployment" });
  expect(await mayDeploy(id, FIRST)).toEqual(NO);
  // A person who presses Start where it has begun is told nothing new.
  expect(await refusalOf(startPhase(team.engineer, { deploymentId: id, phase: "deployment" }))).toBeNull();
});

test("a pipeline hears no when a later deployment of its service and environment has begun", async () => {
  const earlier = await begun("ledger", FIRST);
  await begun("ledger", SECOND);
  expect(await mayDeploy(earlier, FIRST)).toEqual(NO);
});
