import { allGateBlockers } from "#lib/domain/gates.ts";
import type { Actor } from "#lib/domain/actor.ts";
import { breakGlassDigest } from "#lib/db/break-glass-digest.ts";
import { contentDigest } from "#lib/db/content-digest.ts";
import * as approvals from "#lib/services/approvals.ts";
import * as breakGlass from "#lib/services/break-glass.ts";
import { settleItem, settleItems } from "#lib/services/checklist-items.ts";
import * as deployments from "#lib/services/deployments.ts";
import * as evidence from "#lib/services/evidence.ts";
import * as assignments from "#lib/services/assignments.ts";
import * as comments from "#lib/services/comments.ts";
import * as freezes from "#lib/services/freezes.ts";
import { askGate } from "#lib/services/gates.ts";
import * as legalHolds from "#lib/services/legal-holds.ts";
import { runOpenChecks } from "#lib/services/live-checks.ts";
import { runCheck } from "#lib/services/run-check.ts";
import * as phases from "#lib/services/phases.ts";
import { addReport } from "#lib/services/reports.ts";
import * as rollback from "#lib/services/rollback.ts";
import { configureChecks, freeRepository } from "#lib/services/service-checks.ts";
import * as factories from "#test/support/factories.ts";

export type Scene = {
  readonly team: factories.Team;
  readonly admin: Actor & { kind: "person" };
  /** An address that answers 200, for live checks. */
  readonly url: string;
};

/** Brings things to where a verb is lawful, and answers with the call that makes the change. */
export type Write = (scene: Scene) => Promise<() => Promise<unknown>>;

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
  const blockers = allGateBlockers(loaded, glass.phase, new Date().toISOString(), []);
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
const comment = async ({ team }: Scene, id: string) =>
  comments.addComment(team.engineer, { deploymentId: id, item: "cdn", text: "Why?", mentions: [] });
const onComment = async (id: string) => ({
  deploymentId: id,
  commentId: (await factories.load(id)).comments.at(-1)?.id ?? "",
});
const hold = (deploymentId: string) => ({ deploymentId, reason: "A claim is pending." });
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

/** Every write on a record, by its file and function in `lib/services`. */
export const RECORD_WRITES: Readonly<Record<string, Write>> = {
  "approvals.grantApproval": record(async (scene, id) => {
    const { actor, input } = await signature(scene, id);
    await approvals.grantApproval(actor, { ...input, comment: null });
  }, atSignOff),
  "approvals.rejectApproval": record(reject, atSignOff),
  "approvals.answerRejection": record(
    ({ team }, id) => approvals.answerRejection(team.lead, { deploymentId: id, round: 1, answer: "Mended." }),
    async (scene, id) => {
      await atSignOff(scene, id);
      await reject(scene, id);
    },
  ),
  "assignments.assignItems": record(({ team }, id) =>
    assignments.assignItems(team.lead, { deploymentId: id, items: ["cdn"], ownerId: team.engineer.id }),
  ),
  "assignments.setItemsDue": record(({ team }, id) =>
    assignments.setItemsDue(team.lead, {
      deploymentId: id,
      items: ["cdn"],
      dueAt: "2030-01-01T00:00:00.000Z",
    }),
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
  "comments.addComment": record(comment),
  "comments.editComment": record(
    async ({ team }, id) =>
      comments.editComment(team.engineer, { ...(await onComment(id)), text: "Why now?", mentions: [] }),
    comment,
  ),
  "comments.deleteComment": record(
    async ({ team }, id) => comments.deleteComment(team.lead, await onComment(id)),
    comment,
  ),
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
  "freezes.liftFreeze": async (scene) => {
    const { team } = scene;
    const id = await factories.openRecord(team, { environment: `e ${Math.random()}` });
    const { environment } = (await factories.load(id)).details;
    const freezeId = await freezes.createFreeze(team.lead, {
      team: team.name,
      environment,
      startsAt: new Date().toISOString(),
      endsAt: new Date(Date.now() + 3_600_000).toISOString(),
      reason: "Holidays",
    });
    const second = await factories.makePerson("team-lead", team.id);
    return async () => freezes.liftFreeze(second, { deploymentId: id, freezeId, reason: "A fix." });
  },
  "gates.askGate": record(
    ({ team }, id) => askGate(team.engineer, { deploymentId: id, phase: "final-checks" }),
    withChecks,
  ),
  "legal-holds.setLegalHold": record(({ team }, id) => legalHolds.setLegalHold(team.auditor, hold(id))),
  "legal-holds.liftLegalHold": record(
    ({ admin }, id) => legalHolds.liftLegalHold(admin, hold(id)),
    ({ team }, id) => legalHolds.setLegalHold(team.auditor, hold(id)),
  ),
  "run-check.runCheck": record(
    ({ team }, id) => runCheck(team.engineer, { deploymentId: id, item: "load-balancers" }),
    withChecks,
  ),
  "live-checks.runOpenChecks": record((_scene, id) => runOpenChecks(id), withChecks),
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
  "rollback.triggerRollback": record(
    ({ team }, id) => rollback.triggerRollback(team.engineer, { deploymentId: id, reason: "502s." }),
    atT0,
  ),
  "rollback.cancelDeployment": record(({ team }, id) =>
    rollback.cancelDeployment(team.lead, { deploymentId: id, reason: "Not needed." }),
  ),
  "service-checks.configureChecks": record(withChecks),
  "service-checks.freeRepository": record(
    async ({ admin }, id) => {
      const { service } = await factories.load(id);
      await freeRepository(admin, { serviceId: service.id, reason: "It is not theirs." });
    },
    async ({ team }, id) => {
      const { service } = await factories.load(id);
      const github = { repository: `acme/${service.id}`, environment: "production" };
      await configureChecks(team.lead, { serviceId: service.id, checks: { github } });
    },
  ),
};
