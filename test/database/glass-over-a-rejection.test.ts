import { afterAll, beforeAll, expect, test } from "vitest";
import { allGateBlockers } from "#lib/domain/gates.ts";
import { now } from "#lib/clock.ts";
import { breakGlassDigest } from "#lib/db/break-glass-digest.ts";
import { contentDigest } from "#lib/db/content-digest.ts";
import { rejectApproval } from "#lib/services/approvals.ts";
import { confirmBreakGlass, requestBreakGlass } from "#lib/services/break-glass.ts";
import { askGate } from "#lib/services/gates.ts";
import { startPhase } from "#lib/services/phases.ts";
import { load, makeTeam, PASSWORD, type Team } from "#test/support/factories.ts";
import { startGitHub, type GitHub } from "#test/support/peers/github.ts";
import { answerProtectionRequests, deliver, recordOf, SHA } from "./github-cast.ts";

const REPOSITORY = "acme/glass";
const PHASE = "deployment";

let github: GitHub;
let team: Team;

beforeAll(async () => {
  team = await makeTeam();
  github = await startGitHub();
});

afterAll(() => github.stop());

test("GitHub hears what the gate answers where the glass was broken over a rejection, before T-0 and after", async () => {
  const deploymentId = await recordOf(team, REPOSITORY, SHA);
  const proof = { kind: "password" as const, password: PASSWORD };
  await rejectApproval(team.engineeringLead, {
    deploymentId,
    role: "engineering-lead",
    digest: contentDigest(await load(deploymentId)),
    proof,
    reason: "Not tested.",
  });
  await requestBreakGlass(team.lead, { deploymentId, phase: PHASE, reason: "The site is down." });
  const record = await load(deploymentId);
  await confirmBreakGlass(team.sre, {
    deploymentId,
    request: record.breakGlass[0]?.request ?? 0,
    role: "devops-sre",
    digest: breakGlassDigest(record, PHASE, allGateBlockers(record, PHASE, now(), [])),
    proof,
  });
  const ask = async () => {
    await deliver(REPOSITORY);
    await answerProtectionRequests();
    expect(await askGate(team.lead, { deploymentId, phase: PHASE })).toMatchObject({ open: true });
    return github.answersFor(REPOSITORY).map(({ body }) => body.state);
  };
  expect(await ask()).toEqual(["approved"]);
  await startPhase(team.engineer, { deploymentId, phase: PHASE });
  expect(await ask()).toEqual(["approved", "approved"]);
});
