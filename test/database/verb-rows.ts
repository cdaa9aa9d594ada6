import type { Actor } from "#lib/domain/actor.ts";
import { allGateBlockers } from "#lib/domain/gates.ts";
import { breakGlassDigest } from "#lib/db/break-glass-digest.ts";
import { contentDigest } from "#lib/db/content-digest.ts";
import { answerRejection, grantApproval, rejectApproval } from "#lib/services/approvals.ts";
import {
  confirmBreakGlass,
  requestBreakGlass,
  reviewBreakGlass,
  withdrawBreakGlass,
} from "#lib/services/break-glass.ts";
import { settleItem } from "#lib/services/checklist-items.ts";
import { addEvidence } from "#lib/services/evidence.ts";
import { changeDetails } from "#lib/services/deployments.ts";
import { createFreeze, liftFreeze } from "#lib/services/freezes.ts";
import { completePhase, reopenPhase, startPhase } from "#lib/services/phases.ts";
import { cancelDeployment, triggerRollback } from "#lib/services/rollback.ts";
import {
  finishPhase,
  load,
  makePerson,
  makeTeam,
  PASSWORD,
  settlePhase,
  signAll,
  toSignOff,
} from "#test/support/factories.ts";

/** The people of these rows' records, and those of somebody else's. */
export const team = await makeTeam();
export const others = await makeTeam();
const secondLead = await makePerson("team-lead", team.id);
/** A window to come, which stops nothing here. */
const freezeId = await createFreeze(team.lead, {
  team: team.name,
  environment: "production",
  startsAt: "2199-01-01T00:00:00.000Z",
  endsAt: "2199-01-02T00:00:00.000Z",
  reason: "The last days",
});

export type Verb = {
  readonly name: string;
  /** Brings a fresh record to where the verb is lawful. */
  readonly prepare: (id: string) => Promise<void>;
  readonly run: (actor: Actor, id: string) => Promise<unknown>;
  readonly by: () => Actor;
  readonly wrongRole: () => Actor;
  readonly leaves: readonly string[];
  /** Where the verb is not lawful yet, with the code of its refusal; null where it always is. */
  readonly tooEarly: { readonly prepare?: (id: string) => Promise<void>; readonly code: string } | null;
  /** What a second call at once may answer besides success. */
  readonly second?: string;
};

export const nothing = async () => undefined;
export const digestOf = async (id: string) => contentDigest(await load(id));
const started = async (id: string) => {
  await toSignOff(team, id);
  await signAll(team, id);
  await startPhase(team.engineer, { deploymentId: id, phase: "deployment" });
};
const rejected = async (id: string) => {
  await toSignOff(team, id);
  await rejectApproval(team.engineeringLead, {
    deploymentId: id,
    role: "engineering-lead",
    digest: await digestOf(id),
    proof: { kind: "password", password: PASSWORD },
    reason: "No.",
  });
};

const glassRequested = async (id: string) => {
  await requestBreakGlass(team.lead, { deploymentId: id, phase: "final-checks", reason: "Down." });
};
const requestOn = async (id: string) => (await load(id)).breakGlass.at(-1)?.request ?? 1;
const glassDigest = async (id: string) => {
  const record = await load(id);
  return breakGlassDigest(
    record,
    "final-checks",
    allGateBlockers(record, "final-checks", new Date().toISOString(), []),
  );
};
const confirmAs = async (actor: Actor, id: string) =>
  confirmBreakGlass(actor, {
    deploymentId: id,
    request: await requestOn(id),
    role: "devops-sre",
    digest: await glassDigest(id),
    proof: { kind: "password", password: PASSWORD },
  });
const glassUsed = async (id: string) => {
  await glassRequested(id);
  await confirmAs(team.sre, id);
  await startPhase(team.engineer, { deploymentId: id, phase: "final-checks" });
};

export const VERBS: readonly Verb[] = [
  {
    name: "requestBreakGlass",
    prepare: nothing,
    run: (actor, id) =>
      requestBreakGlass(actor, { deploymentId: id, phase: "final-checks", reason: "Down." }),
    by: () => team.lead,
    wrongRole: () => team.engineer,
    leaves: ["break-glass.requested"],
    tooEarly: { prepare: (id) => finishPhase(team, id, "pre-deployment"), code: "gate-not-next" },
    second: "break-glass-pending",
  },
  {
    name: "confirmBreakGlass",
    prepare: glassRequested,
    run: confirmAs,
    by: () => team.sre,
    wrongRole: () => team.engineer,
    leaves: ["break-glass.confirmed"],
    tooEarly: { code: "break-glass-over" },
    second: "already-signed",
  },
  {
    name: "withdrawBreakGlass",
    prepare: glassRequested,
    run: async (actor, id) => withdrawBreakGlass(actor, { deploymentId: id, request: await requestOn(id) }),
    by: () => team.lead,
    wrongRole: () => team.sre,
    leaves: ["break-glass.withdrawn"],
    tooEarly: { code: "break-glass-over" },
    second: "break-glass-over",
  },
  {
    name: "reviewBreakGlass",
    prepare: glassUsed,
    run: async (actor, id) =>
      reviewBreakGlass(actor, {
        deploymentId: id,
        request: await requestOn(id),
        conclusion: "justified",
        finding: "It was down.",
      }),
    by: () => team.security,
    wrongRole: () => team.engineer,
    leaves: ["break-glass.reviewed"],
    tooEarly: { prepare: glassRequested, code: "not-reviewable" },
    second: "already-reviewed",
  },
  {
    name: "checkItem",
    prepare: nothing,
    run: (actor, id) => settleItem(actor, id, { item: "mtls-enabled", to: "done" }),
    by: () => team.engineer,
    wrongRole: () => team.auditor,
    leaves: ["item.checked"],
    tooEarly: { prepare: (id) => finishPhase(team, id, "pre-deployment"), code: "phase-completed" },
  },
  {
    name: "clearItem",
    prepare: (id) => settleItem(team.engineer, id, { item: "mtls-enabled", to: "done" }),
    run: (actor, id) => settleItem(actor, id, { item: "mtls-enabled", to: "open" }),
    by: () => team.engineer,
    wrongRole: () => team.sre,
    leaves: ["item.unchecked"],
    tooEarly: { prepare: (id) => finishPhase(team, id, "pre-deployment"), code: "phase-completed" },
  },
  {
    name: "waiveItem",
    prepare: nothing,
    run: (actor, id) => settleItem(actor, id, { item: "cdn", to: "not-applicable", reason: "No CDN." }),
    by: () => team.engineer,
    wrongRole: () => team.product,
    leaves: ["item.waived"],
    tooEarly: { prepare: (id) => finishPhase(team, id, "pre-deployment"), code: "phase-completed" },
  },
  {
    name: "addEvidence",
    prepare: nothing,
    run: (actor, id) =>
      addEvidence(actor, { deploymentId: id, item: "cdn", content: { kind: "note", text: "Tested." } }),
    by: () => team.engineer,
    wrongRole: () => team.auditor,
    leaves: ["evidence.added"],
    tooEarly: { prepare: (id) => finishPhase(team, id, "pre-deployment"), code: "phase-completed" },
    second: "added twice",
  },
  {
    name: "completePhase",
    prepare: (id) => settlePhase(team, id, "pre-deployment"),
    run: (actor, id) => completePhase(actor, { deploymentId: id, phase: "pre-deployment" }),
    by: () => team.engineer,
    wrongRole: () => team.security,
    leaves: ["phase.completed", "phase.started"],
    tooEarly: { code: "phase-incomplete" },
  },
  {
    name: "startPhase",
    prepare: async (id) => {
      await toSignOff(team, id);
      await signAll(team, id);
    },
    run: (actor, id) => startPhase(actor, { deploymentId: id, phase: "deployment" }),
    by: () => team.engineer,
    wrongRole: () => team.product,
    leaves: ["phase.started"],
    tooEarly: { code: "gate-closed" },
  },
  {
    name: "reopenPhase",
    prepare: (id) => finishPhase(team, id, "pre-deployment"),
    run: (actor, id) =>
      reopenPhase(actor, { deploymentId: id, phase: "pre-deployment", reason: "A secret leaked." }),
    by: () => team.lead,
    wrongRole: () => team.engineer,
    leaves: ["phase.reopened"],
    tooEarly: { code: "phase-not-earlier" },
    second: "phase-not-earlier",
  },
  {
    name: "grantApproval",
    prepare: (id) => toSignOff(team, id),
    run: async (actor, id) =>
      grantApproval(actor, {
        deploymentId: id,
        role: "engineering-lead",
        digest: await digestOf(id),
        proof: { kind: "password", password: PASSWORD },
        comment: null,
      }),
    by: () => team.engineeringLead,
    wrongRole: () => team.engineer,
    leaves: ["approval.granted"],
    tooEarly: { code: "sign-off-not-open" },
    second: "already-signed",
  },
  {
    name: "rejectApproval",
    prepare: (id) => toSignOff(team, id),
    run: async (actor, id) =>
      rejectApproval(actor, {
        deploymentId: id,
        role: "engineering-lead",
        digest: await digestOf(id),
        proof: { kind: "password", password: PASSWORD },
        reason: "No.",
      }),
    by: () => team.engineeringLead,
    wrongRole: () => team.sre,
    leaves: ["approval.rejected"],
    tooEarly: { code: "sign-off-not-open" },
    second: "sign-off-rejected",
  },
  {
    name: "answerRejection",
    prepare: rejected,
    run: (actor, id) => answerRejection(actor, { deploymentId: id, round: 1, answer: "Mended." }),
    by: () => team.lead,
    wrongRole: () => team.engineer,
    leaves: ["rejection.answered"],
    tooEarly: { code: "not-rejected" },
    second: "not-rejected",
  },
  {
    name: "liftFreeze",
    prepare: nothing,
    run: (actor, id) => liftFreeze(actor, { deploymentId: id, freezeId, reason: "A fix." }),
    by: () => secondLead,
    wrongRole: () => team.engineer,
    leaves: ["freeze.lifted"],
    tooEarly: { prepare: started, code: "no-freeze" },
  },
  {
    name: "triggerRollback",
    prepare: started,
    run: (actor, id) => triggerRollback(actor, { deploymentId: id, reason: "502s." }),
    by: () => team.engineer,
    wrongRole: () => team.sre,
    leaves: ["rollback.triggered"],
    tooEarly: { code: "rollback-not-possible" },
  },
  {
    name: "cancelDeployment",
    prepare: nothing,
    run: (actor, id) => cancelDeployment(actor, { deploymentId: id, reason: "Not needed." }),
    by: () => team.lead,
    wrongRole: () => team.engineer,
    leaves: ["deployment.cancelled"],
    tooEarly: { prepare: started, code: "cancellation-not-possible" },
  },
  {
    name: "changeDetails",
    prepare: nothing,
    run: (actor, id) => changeDetails(actor, { deploymentId: id, version: "1.0.1" }),
    by: () => team.lead,
    wrongRole: () => team.engineer,
    leaves: ["deployment.details-changed"],
    tooEarly: { prepare: started, code: "details-locked" },
  },
];
