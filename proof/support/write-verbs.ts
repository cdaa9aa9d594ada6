import { allGateBlockers } from "#lib/domain/gates.ts";
import type { Actor } from "#lib/domain/actor.ts";
import { breakGlassDigest } from "#lib/db/break-glass-digest.ts";
import { contentDigest } from "#lib/db/content-digest.ts";
import { prisma } from "#lib/db/prisma.ts";
import * as approvals from "#lib/services/approvals.ts";
import * as breakGlass from "#lib/services/break-glass.ts";
import { settleItem, settleItems } from "#lib/services/checklist-items.ts";
import * as delegations from "#lib/services/delegations.ts";
import * as deployments from "#lib/services/deployments.ts";
import * as evidence from "#lib/services/evidence.ts";
import { askGate } from "#lib/services/gates.ts";
import { runCheck, runOpenChecks } from "#lib/services/live-checks.ts";
import * as people from "#lib/services/people.ts";
import * as phases from "#lib/services/phases.ts";
import { addReport } from "#lib/services/reports.ts";
import * as roles from "#lib/services/roles.ts";
import * as rollback from "#lib/services/rollback.ts";
import { configureChecks } from "#lib/services/service-checks.ts";
import { setUp, setUpToken } from "#lib/services/set-up.ts";
import { CHECK_RUNNER } from "#lib/services/check-runner.ts";
import * as teams from "#lib/services/teams.ts";
import * as tokens from "#lib/services/tokens.ts";
import * as factories from "#test/support/factories.ts";

export type Scene = {
  readonly team: factories.Team;
  readonly admin: Actor & { kind: "person" };
  /** An address that answers 200, for live checks. */
  readonly url: string;
};

/** Brings things to where a verb is lawful, and answers with the call that makes the change. */
type Write = (scene: Scene) => Promise<() => Promise<unknown>>;

const PROOF = { kind: "password" as const, password: factories.PASSWORD };
const NOTE = { kind: "note" as const, text: "Seen." };

const record =
  (
    call: (scene: Scene, id: string) => Promise<unknown>,
    prepare?: (scene: Scene, id: string) => Promise<unknown>,
  ): Write =>
  async (scene) => {
    const id = await factories.openRecord(scene.team, { service: `service ${Math.random()}` });
    await prepare?.(scene, id);
    return async () => call(scene, id);
  };
const atSignOff = async ({ team }: Scene, id: string) => factories.toSignOff(team, id);
const atT0 = async ({ team }: Scene, id: string) => {
  await factories.toSignOff(team, id);
  await factories.signAll(team, id);
  await phases.startPhase(team.engineer, { deploymentId: id, phase: "deployment" });
};
const signature = async ({ team }: Scene, id: string) => ({
  actor: team.engineeringLead,
  input: {
    deploymentId: id,
    role: "engineering-lead" as const,
    digest: contentDigest(await factories.load(id)),
    proof: PROOF,
  },
});
const reject = async (scene: Scene, id: string) => {
  const { actor, input } = await signature(scene, id);
  await approvals.rejectApproval(actor, { ...input, reason: "No." });
};
const glass = { phase: "final-checks", reason: "Down." };
const requestGlass = async ({ team }: Scene, id: string) =>
  breakGlass.requestBreakGlass(team.lead, { deploymentId: id, ...glass });
const glassRequest = async (id: string) => (await factories.load(id)).breakGlass.at(-1)?.request ?? 1;
const confirmGlass = async ({ team }: Scene, id: string) => {
  const loaded = await factories.load(id);
  const blockers = allGateBlockers(loaded, glass.phase, new Date().toISOString());
  await breakGlass.confirmBreakGlass(team.sre, {
    deploymentId: id,
    request: await glassRequest(id),
    role: "devops-sre",
    digest: breakGlassDigest(loaded, glass.phase, blockers),
    proof: PROOF,
  });
};
const withChecks = async ({ team, url }: Scene, id: string) => {
  const { service } = await factories.load(id);
  await configureChecks(team.lead, { serviceId: service.id, checks: { http: { urls: [url] } } });
};
const failingReport = async ({ team }: Scene, id: string) => {
  const text =
    '<testsuites><testsuite name="a"><testcase name="b"><failure/></testcase></testsuite></testsuites>';
  await addReport(team.engineer, {
    deploymentId: id,
    item: "tests-passing",
    checker: "junit",
    label: "unit",
    name: "junit.xml",
    bytes: Buffer.from(text),
  });
};

const person =
  (
    call: (scene: Scene, personId: string) => Promise<unknown>,
    prepare?: (scene: Scene, personId: string) => Promise<unknown>,
  ): Write =>
  async (scene) => {
    const { id } = await factories.makePerson("engineer", scene.team.id);
    await prepare?.(scene, id);
    return async () => call(scene, id);
  };
const delegation = async ({ team }: Scene) =>
  delegations.createDelegation(team.product, {
    role: "product",
    teamId: team.id,
    toId: team.engineer2.id,
    startsAt: new Date().toISOString(),
    endsAt: new Date(Date.now() + 86_400_000).toISOString(),
  });

/** Every write of `lib/services` that leaves an event, by file and function. */
export const WRITES: Readonly<Record<string, Write>> = {
  "approvals.grantApproval": record(async (scene, id) => {
    const { actor, input } = await signature(scene, id);
    await approvals.grantApproval(actor, { ...input, comment: null });
  }, atSignOff),
  "approvals.rejectApproval": record(reject, atSignOff),
  "approvals.answerRejection": record(
    ({ team }, id) => approvals.answerRejection(team.lead, { deploymentId: id, answer: "Mended." }),
    async (scene, id) => {
      await atSignOff(scene, id);
      await reject(scene, id);
    },
  ),
  "break-glass.requestBreakGlass": record(requestGlass),
  "break-glass.confirmBreakGlass": record(confirmGlass, requestGlass),
  "break-glass.withdrawBreakGlass": record(
    async ({ team }, id) =>
      breakGlass.withdrawBreakGlass(team.lead, { deploymentId: id, request: await glassRequest(id) }),
    requestGlass,
  ),
  "break-glass.reviewBreakGlass": record(
    async ({ team }, id) =>
      breakGlass.reviewBreakGlass(team.security, {
        deploymentId: id,
        request: await glassRequest(id),
        conclusion: "justified",
        finding: "It was down.",
      }),
    async (scene, id) => {
      await requestGlass(scene, id);
      await confirmGlass(scene, id);
      await phases.startPhase(scene.team.engineer, { deploymentId: id, phase: glass.phase });
    },
  ),
  "checklist-items.settleItem": record(({ team }, id) =>
    settleItem(team.engineer, id, { item: "mtls-enabled", to: "done" }),
  ),
  "checklist-items.settleItems": record(({ team }, id) =>
    settleItems(team.engineer, { deploymentId: id, changes: [{ item: "mtls-enabled", to: "done" }] }),
  ),
  "delegations.createDelegation": async (scene) => async () => {
    const id = await delegation(scene);
    await delegations.revokeDelegation(scene.team.product, { delegationId: id });
  },
  "delegations.revokeDelegation": async (scene) => {
    const id = await delegation(scene);
    return async () => delegations.revokeDelegation(scene.team.product, { delegationId: id });
  },
  "deployments.openDeployment":
    async ({ team }) =>
    async () =>
      factories.openRecord(team),
  "deployments.changeDetails": record(({ team }, id) =>
    deployments.changeDetails(team.lead, { deploymentId: id, version: "1.0.1" }),
  ),
  "evidence.addEvidence": record(({ team }, id) =>
    evidence.addEvidence(team.engineer, { deploymentId: id, item: "cdn", content: NOTE }),
  ),
  "evidence.addFile": record(({ team }, id) =>
    evidence.addFile(team.engineer, {
      deploymentId: id,
      item: "cdn",
      name: "a.txt",
      bytes: new Uint8Array([65]),
    }),
  ),
  "evidence.overruleVerdict": record(async ({ team }, id) => {
    const [verdict] = (await factories.load(id)).evidence;
    await evidence.overruleVerdict(team.lead, {
      deploymentId: id,
      evidenceId: verdict?.id ?? "",
      reason: "Known.",
    });
  }, failingReport),
  "gates.askGate": record(
    ({ team }, id) => askGate(team.engineer, { deploymentId: id, phase: "final-checks" }),
    withChecks,
  ),
  "live-checks.runCheck": record(
    ({ team }, id) => runCheck(team.engineer, { deploymentId: id, item: "load-balancers" }),
    withChecks,
  ),
  "live-checks.runOpenChecks": record((_scene, id) => runOpenChecks(CHECK_RUNNER, id), withChecks),
  "people.createPerson":
    async ({ admin }) =>
    async () =>
      people.createPerson(admin, {
        name: "New",
        email: `${Math.random()}@test.example`,
        password: factories.PASSWORD,
      }),
  "people.setPassword": person(({ admin }, personId) =>
    people.setPassword(admin, { personId, password: "another long password" }),
  ),
  "people.disablePerson": person(({ admin }, personId) => people.disablePerson(admin, { personId })),
  "people.enablePerson": person(
    ({ admin }, personId) => people.enablePerson(admin, { personId }),
    ({ admin }, personId) => people.disablePerson(admin, { personId }),
  ),
  "phases.startPhase": record(
    ({ team }, id) => phases.startPhase(team.engineer, { deploymentId: id, phase: "deployment" }),
    async (scene, id) => {
      await atSignOff(scene, id);
      await factories.signAll(scene.team, id);
    },
  ),
  "phases.completePhase": record(
    ({ team }, id) => phases.completePhase(team.engineer, { deploymentId: id, phase: "pre-deployment" }),
    ({ team }, id) => factories.settlePhase(team, id, "pre-deployment"),
  ),
  "phases.reopenPhase": record(
    ({ team }, id) =>
      phases.reopenPhase(team.lead, { deploymentId: id, phase: "pre-deployment", reason: "Again." }),
    ({ team }, id) => factories.finishPhase(team, id, "pre-deployment"),
  ),
  "reports.addReport": record(failingReport),
  "roles.grantRole": person(({ admin, team }, personId) =>
    roles.grantRole(admin, { personId, role: "security", teamId: team.id }),
  ),
  "roles.revokeRole": person(({ admin, team }, personId) =>
    roles.revokeRole(admin, { personId, role: "engineer", teamId: team.id }),
  ),
  "rollback.triggerRollback": record(
    ({ team }, id) => rollback.triggerRollback(team.engineer, { deploymentId: id, reason: "502s." }),
    atT0,
  ),
  "rollback.cancelDeployment": record(({ team }, id) =>
    rollback.cancelDeployment(team.lead, { deploymentId: id, reason: "Not needed." }),
  ),
  "service-checks.configureChecks": record(withChecks),
  "teams.createTeam":
    async ({ admin }) =>
    async () =>
      teams.createTeam(admin, { name: `Team ${Math.random()}` }),
  "teams.changeTeamDuties":
    async ({ admin, team }) =>
    async () => {
      const { openerMaySign } = await prisma().team.findUniqueOrThrow({ where: { id: team.id } });
      await teams.changeTeamDuties(admin, {
        teamId: team.id,
        openerMaySign: !openerMaySign,
        deployerMaySign: false,
        mayHoldSeveralRoles: false,
      });
    },
  "tokens.createToken":
    async ({ team }) =>
    async () =>
      tokens.createToken(team.engineer, { name: "ci", scopes: ["read"], days: 1 }),
  "tokens.createTokenFor": person(({ admin }, personId) =>
    tokens.createTokenFor(admin, personId, { name: "ci", scopes: ["read"], days: 1 }),
  ),
  "tokens.revokeToken": person(
    async ({ admin }, personId) => {
      const { id } = await prisma().apiToken.findFirstOrThrow({ where: { userId: personId } });
      await tokens.revokeToken(admin, { tokenId: id });
    },
    ({ admin }, personId) =>
      tokens.createTokenFor(admin, personId, { name: "ci", scopes: ["read"], days: 1 }),
  ),
};

/** The first write of all, which needs an installation without people. */
export async function firstSetUp(): Promise<void> {
  await setUp(
    {
      token: setUpToken(),
      team: "First",
      name: "Ada",
      email: "ada@test.example",
      password: factories.PASSWORD,
    },
    "127.0.0.1",
  );
}

/** What `lib/services` exports besides, with the reason why no event follows from it. */
export const NO_EVENT: Readonly<Record<string, string>> = {
  "set-up.setUp": "shown first, on the empty installation",
  "set-up.setUpToken": "reads",
  "attempt-limits.countAttempt": "counts guesses",
  "attempt-limits.forgetAttempts": "counts guesses",
  "delegations.endDelegationsOfLostRoles": "part of revokeRole, which returns its events",
  "delegations.endDelegationsOfAccount": "part of disablePerson, which returns its events",
  "derived-id.derivedId": "reads",
  "gates.refuseWhileFailing": "reads",
  "idempotency.claimKey": "keeps answers for repeats",
  "idempotency.keepAnswer": "keeps answers for repeats",
  "idempotency.releaseKey": "keeps answers for repeats",
  "idempotency.forgetOldAnswers": "keeps answers for repeats",
  "jobs.runJobAgain": "puts a job back in its queue",
  "live-checks.listDeploymentsToCheck": "reads",
  "live-checks.forgetOldProbes": "what live checks saw, between their verdicts",
  "live-checks.lookAgain": "what live checks saw, between their verdicts",
  "looks.recordLook": "how far an approver has read, for their own eyes",
  "media-type.mediaTypeOf": "reads",
  "outside.outside": "reads",
  "passkey-answers.askPasskey": "a challenge that lives for minutes",
  "passkey-answers.checkPasskey": "a challenge that lives for minutes",
  "passkey-challenges.makeChallenge": "a challenge that lives for minutes",
  "passkey-challenges.takeChallenge": "a challenge that lives for minutes",
  "passkey-challenges.forgetOldChallenges": "a challenge that lives for minutes",
  "passwords.hashPassword": "reads",
  "passwords.verifyPassword": "reads",
  "people.findPerson": "reads",
  "people.refuseUnlessAdmin": "reads",
  "proof.proveSignature": "part of a signature, which leaves its event",
  "proof.askToSign": "a challenge that lives for minutes",
  "proof.proveIdentity": "part of a signature, which leaves its event",
  "protection-requests.receiveProtectionRequest": "a question of GitHub's, answered by the gate",
  "protection-requests.answerProtectionRequests": "a question of GitHub's, answered by the gate",
  "recovery-codes.useRecoveryCode": "part of a signature, which leaves its event",
  "request-limits.countRequest": "counts requests",
  "sealing.unseal": "reads",
  "sealing.keyedHash": "reads",
  "second-factors.hasSecondFactor": "reads",
  "security-log.logSecurity": "a log of its own",
  "security-log.forgetOldSecurityEntries": "a log of its own",
  "sessions.signIn": "a session",
  "sessions.endSession": "a session",
  "sessions.endSessionsOf": "part of a change of the person, which leaves its event",
  "sessions.forgetEndedSessions": "a session",
  "sessions.hashToken": "reads",
  "signature-refusals.refusedBySignatureTrigger": "part of a signature, which leaves its event",
  "totp.totpFor": "reads",
  "totp.totpContext": "reads",
  "totp.stepOf": "reads",
  "totp.useTotp": "part of a signature, which leaves its event",
  "verify-history.verifyHistory": "reads",
};
