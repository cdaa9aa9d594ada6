import { breakGlassState, type BreakGlass } from "#lib/domain/break-glass-request.ts";
import type { Approval, Comment, Deployment, ItemState, PhaseState, Stamp } from "#lib/domain/deployment.ts";
import type { Evidence } from "#lib/domain/evidence.ts";
import { allItems } from "#lib/domain/checklist.ts";
import { awaitedRoles, statusOf, summarize } from "#lib/domain/status.ts";

/** The rows, column by column, that a change writes; each list holds only what differs. */
export type ChangedRows = {
  readonly deployment: Record<string, unknown>;
  readonly phases: readonly object[];
  readonly items: readonly object[];
  readonly evidence: readonly object[];
  readonly approvals: readonly object[];
  readonly answers: readonly object[];
  readonly breakGlass: readonly object[];
  readonly comments: readonly object[];
  readonly freezeLifts: readonly object[];
};

/** All rows of a record that has just been opened, with a row for each of its items. */
export function openedRows(deployment: Deployment, at: string): ChangedRows {
  return {
    deployment: { ...fixedColumns(deployment), ...changingColumns(deployment, at) },
    phases: changedPhases(null, deployment),
    items: allItems(deployment.checklist).map(({ item }) => itemRow(deployment, item.key)),
    evidence: [],
    approvals: [],
    answers: [],
    breakGlass: [],
    comments: [],
    freezeLifts: [],
  };
}

/** The rows in which two states of one record differ. The record's own row always does. */
export function changedRows(before: Deployment, after: Deployment, at: string): ChangedRows {
  return {
    deployment: changingColumns(after, at),
    phases: changedPhases(before, after),
    items: [...new Set(changedItems(before, after))].map((key) => itemRow(after, key)),
    evidence: after.evidence
      .filter((entry, index) => entry !== before.evidence[index])
      .map((entry) => evidenceRow(after, entry)),
    approvals: after.approvals
      .filter((approval, index) => approval !== before.approvals[index])
      .map((approval) => approvalRow(after, approval)),
    answers: after.rejectionAnswers
      .slice(before.rejectionAnswers.length)
      .map(({ round, answered, answer }) => ({
        deployment_id: after.id,
        round,
        answer,
        ...stampColumns("answered", answered),
      })),
    breakGlass: after.breakGlass
      .filter((glass, index) => glass !== before.breakGlass[index])
      .map((glass) => breakGlassRow(after, glass)),
    comments: after.comments
      .filter((comment, index) => comment !== before.comments[index])
      .map((comment) => commentRow(after, comment)),
    freezeLifts: after.freezeLifts
      .slice(before.freezeLifts.length)
      .map(({ freeze, lifted, reason, seq }) => ({
        deployment_id: after.id,
        freeze_id: freeze,
        reason,
        seq,
        ...stampColumns("lifted", lifted),
      })),
  };
}

function fixedColumns(deployment: Deployment) {
  return {
    id: deployment.id,
    team_id: deployment.teamId,
    service_id: deployment.service.id,
    service_name: deployment.service.name,
    predecessor_id: deployment.predecessorId,
    ...stampColumns("opened", deployment.opened),
    checklist: deployment.checklist,
    opener_may_sign: deployment.relaxations.openerMaySign,
    deployer_may_sign: deployment.relaxations.deployerMaySign,
    may_hold_several_roles: deployment.relaxations.mayHoldSeveralRoles,
  };
}

function changingColumns(deployment: Deployment, at: string) {
  const { details, rollback, ended } = deployment;
  return {
    version: details.version,
    commit: details.commit,
    environment: details.environment,
    deployment_at: details.deploymentAt,
    deployed_by_id: details.deployedBy.id,
    deployed_by_name: details.deployedBy.name,
    links: details.links,
    slo: details.slo,
    t0_at: deployment.t0At,
    sign_off_round: deployment.signOffRound,
    ...stampColumns("rollback", rollback),
    rollback_reason: rollback?.reason ?? null,
    frozen_phase: rollback?.frozenPhase ?? null,
    ...stampColumns("ended", ended),
    outcome: ended?.outcome ?? null,
    ended_reason: ended?.reason ?? null,
    status: statusOf(deployment),
    awaited_roles: awaitedRoles(deployment),
    break_glass: breakGlassState(deployment.breakGlass),
    summary: summarize(deployment),
    last_event_at: at,
  };
}

function changedPhases(before: Deployment | null, after: Deployment): readonly object[] {
  return changedKeys(before?.phases ?? {}, after.phases).map((key) => {
    const state: PhaseState = after.phases[key] ?? { started: null, completed: null };
    return {
      deployment_id: after.id,
      key,
      ...stampColumns("started", state.started),
      ...stampColumns("completed", state.completed),
      left_incomplete: state.leftIncomplete ?? false,
    };
  });
}

function changedItems(before: Deployment, after: Deployment): readonly string[] {
  return [
    ...changedKeys(before.items, after.items),
    ...changedKeys(before.owners, after.owners),
    ...changedKeys(before.dues, after.dues),
  ];
}

function itemRow(deployment: Deployment, key: string) {
  const state: ItemState = deployment.items[key] ?? { status: "open" };
  return {
    deployment_id: deployment.id,
    key,
    status: state.status,
    ...stampColumns("settled", state.status === "open" ? null : state.settled),
    reason: state.status === "not-applicable" ? state.reason : null,
    owner_id: deployment.owners[key]?.id ?? null,
    owner_name: deployment.owners[key]?.name ?? null,
    due_at: deployment.dues[key] ?? null,
  };
}

function evidenceRow(deployment: Deployment, entry: Evidence) {
  const { id, itemKey, content, recorded, source, seq, overruled } = entry;
  return {
    id,
    deployment_id: deployment.id,
    item_key: itemKey,
    seq,
    content,
    source,
    ...stampColumns("recorded", recorded),
    ...stampColumns("overruled", overruled),
    overrule_reason: overruled?.reason ?? null,
  };
}

function approvalRow(deployment: Deployment, approval: Approval) {
  const { round, role, seq, decision, signed, standsInFor, meaning, comment, digest, proof, voided } =
    approval;
  return {
    deployment_id: deployment.id,
    round,
    role,
    seq,
    decision,
    ...stampColumns("signed", signed),
    meaning,
    comment,
    digest,
    proof,
    may_hold_several_roles: deployment.relaxations.mayHoldSeveralRoles,
    voided_at: voided?.at ?? null,
    void_cause: voided?.cause ?? null,
    for_id: standsInFor?.id ?? null,
    for_name: standsInFor?.name ?? null,
    delegation_id: standsInFor?.delegation ?? null,
  };
}

function breakGlassRow(deployment: Deployment, glass: BreakGlass) {
  const { request, phase, title, requested, reason, confirmed, used, closed, review } = glass;
  return {
    deployment_id: deployment.id,
    request,
    phase,
    title,
    ...stampColumns("requested", requested),
    reason,
    ...stampColumns("confirmed", confirmed),
    role: confirmed?.role ?? null,
    meaning: confirmed?.meaning ?? null,
    digest: confirmed?.digest ?? null,
    proof: confirmed?.proof ?? null,
    blockers: confirmed?.blockers ?? null,
    ...stampColumns("used", used),
    overridden: used?.overridden ?? null,
    closed_at: closed?.at ?? null,
    close_cause: closed?.cause ?? null,
    ...stampColumns("reviewed", review),
    conclusion: review?.conclusion ?? null,
    finding: review?.finding ?? null,
  };
}

function commentRow(deployment: Deployment, comment: Comment) {
  const { id, itemKey, seq, text, mentions, named, added, edited, edits, deleted } = comment;
  return {
    id,
    deployment_id: deployment.id,
    item_key: itemKey,
    seq,
    text,
    mentions,
    named,
    ...stampColumns("added", added),
    edited_at: edited?.at ?? null,
    edits,
    ...stampColumns("deleted", deleted),
  };
}

function stampColumns(name: string, stamp: Stamp | null) {
  return {
    [`${name}_at`]: stamp?.at ?? null,
    [`${name}_by_id`]: stamp?.by.id ?? null,
    [`${name}_by_name`]: stamp?.by.name ?? null,
  };
}

function changedKeys(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): readonly string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].filter((key) => before[key] !== after[key]);
}
