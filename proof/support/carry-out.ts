import type { Actor } from "#lib/domain/actor.ts";
import type { Deployment } from "#lib/domain/deployment.ts";
import { APPROVER_ROLES, type ApproverRole } from "#lib/domain/roles.ts";
import { standingApprovals, openRejection } from "#lib/domain/sign-off.ts";
import { contentDigest } from "#lib/db/content-digest.ts";
import { answerRejection, grantApproval, rejectApproval } from "#lib/services/approvals.ts";
import { settleItems } from "#lib/services/checklist-items.ts";
import { changeDetails } from "#lib/services/deployments.ts";
import { addEvidence } from "#lib/services/evidence.ts";
import { completePhase, reopenPhase, startPhase } from "#lib/services/phases.ts";
import { cancelDeployment, triggerRollback } from "#lib/services/rollback.ts";
import { load, PASSWORD } from "#test/support/factories.ts";
import { hold } from "./counter-example.ts";
import { freezeRecord, liftFreezes, thawRecord } from "./freeze-record.ts";
import type { Ask, Model } from "./model.ts";
import { ITEMS, PLAN } from "./small-record.ts";

/** Carries a request out through the services; answers with the record's revision where they say it. */
export async function carryOut(actor: Actor, deploymentId: string, ask: Ask): Promise<number | null> {
  switch (ask.do) {
    case "tick":
      return settle(actor, deploymentId, { item: ask.item, to: "done" });
    case "clear":
      return settle(actor, deploymentId, { item: ask.item, to: "open" });
    case "waive":
      return settle(actor, deploymentId, { item: ask.item, to: "not-applicable", reason: ask.reason });
    case "note":
      return none(
        addEvidence(actor, { deploymentId, item: ask.item, content: { kind: "note", text: ask.text } }),
      );
    case "complete":
      return none(completePhase(actor, { deploymentId, phase: ask.phase }));
    case "start":
      return none(startPhase(actor, { deploymentId, phase: ask.phase }));
    case "reopen":
      return none(reopenPhase(actor, { deploymentId, phase: ask.phase, reason: ask.reason }));
    case "approve":
      return none(grantApproval(actor, { ...(await signature(deploymentId, ask.role)), comment: ask.text }));
    case "reject":
      return none(rejectApproval(actor, { ...(await signature(deploymentId, ask.role)), reason: ask.text }));
    case "answer":
      return none(
        answerRejection(actor, { deploymentId, round: await roundOf(deploymentId), answer: ask.text }),
      );
    case "freeze":
      return none(freezeRecord(actor, deploymentId, ask.text));
    case "thaw":
      return none(thawRecord(actor, deploymentId));
    case "lift":
      return none(liftFreezes(actor, deploymentId, ask.text));
    case "roll-back":
      return none(triggerRollback(actor, { deploymentId, reason: ask.text }));
    case "cancel":
      return none(cancelDeployment(actor, { deploymentId, reason: ask.text }));
    case "edit":
      return none(changeDetails(actor, { deploymentId, version: ask.version }));
  }
}

/** Holds a record against the model: every fact that a rule is about. */
export function compareWithModel(record: Deployment, model: Model, where: string): void {
  const seen = {
    completed: PLAN.phases.filter(({ key }) => record.phases[key]?.completed != null).length,
    begun: PLAN.phases.filter(({ key }) => record.phases[key]?.started != null).map(({ key }) => key),
    items: ITEMS.map((item) => record.items[item]?.status ?? "open"),
    reasons: ITEMS.map((item) => reasonOf(record, item)),
    notes: record.evidence.length,
    signed: standingApprovals(record).map(({ role, signed }) => ({ role, by: signed.by.id })),
    lifts: record.freezeLifts.length,
    rejected: openRejection(record) !== undefined,
    t0: record.t0At !== null,
    rollingBack: record.rollback !== null,
    ended: record.ended?.outcome ?? null,
    version: record.details.version,
  };
  const expected = {
    completed: model.completed,
    begun: PLAN.phases.filter(({ key }) => model.begun.has(key)).map(({ key }) => key),
    items: ITEMS.map((item) => model.items.get(item) ?? "open"),
    reasons: ITEMS.map((item) => model.reasons.get(item) ?? null),
    notes: model.notes,
    signed: model.signed,
    lifts: model.lifts,
    rejected: model.rejected,
    t0: model.t0,
    rollingBack: model.rollingBack,
    ended: model.ended,
    version: model.version,
  };
  const [a, b] = [JSON.stringify(seen), JSON.stringify(expected)];
  hold(a === b, `${where}: the record is ${a}, the model ${b}`);
}

function reasonOf(record: Deployment, item: string): string | null {
  const state = record.items[item];
  return state?.status === "not-applicable" ? state.reason : null;
}

async function settle(
  actor: Actor,
  deploymentId: string,
  change: Parameters<typeof settleItems>[1]["changes"][number],
): Promise<number> {
  const { revision, refusals } = await settleItems(actor, { deploymentId, changes: [change] });
  const [refusal] = refusals;
  if (refusal) throw refusal;
  return revision;
}

async function signature(deploymentId: string, role: string) {
  const digest = contentDigest(await load(deploymentId));
  const proof = { kind: "password" as const, password: PASSWORD };
  return { deploymentId, role: approverRole(role), digest, proof };
}

async function roundOf(deploymentId: string): Promise<number> {
  return (await load(deploymentId)).signOffRound;
}

async function none(call: Promise<unknown>): Promise<null> {
  await call;
  return null;
}

function approverRole(role: string): ApproverRole {
  const known = APPROVER_ROLES.find((candidate) => candidate === role);
  if (known === undefined) throw new Error(`${role} is no approver role`);
  return known;
}
