import type { BreakGlass } from "#lib/domain/break-glass-request.ts";
import type { Approval, Comment, Deployment, ItemState, PhaseState, Stamp } from "#lib/domain/deployment.ts";
import type { Evidence } from "#lib/domain/evidence.ts";
import type { FreezeWindow } from "#lib/domain/freezes.ts";
import type {
  ApprovalRow,
  BreakGlassRow,
  CommentRow,
  DeploymentRow,
  EvidenceRow,
  ItemRow,
  PhaseRow,
  Time,
} from "./loaded-rows.ts";

/** The one way from rows to the record that rules are decided on. */
export function fromRows(row: DeploymentRow, checklist: Deployment["checklist"]): Deployment {
  const rollback = stamp(row.rollback_at, row.rollback_by_id, row.rollback_by_name);
  const hold = stamp(row.legal_hold_at, row.legal_hold_by_id, row.legal_hold_by_name);
  const ended = stamp(row.ended_at, row.ended_by_id, row.ended_by_name);
  return {
    id: row.id,
    teamId: row.team_id,
    service: { id: row.service_id, name: row.service_name },
    predecessorId: row.predecessor_id,
    opened: certainStamp(row.opened_at, row.opened_by_id, row.opened_by_name),
    details: {
      version: row.version,
      commit: row.commit,
      environment: row.environment,
      deploymentAt: instant(row.deployment_at),
      deployedBy: { id: row.deployed_by_id, name: row.deployed_by_name },
      links: row.links,
      slo: row.slo,
    },
    checklist,
    relaxations: {
      openerMaySign: row.opener_may_sign,
      deployerMaySign: row.deployer_may_sign,
      mayHoldSeveralRoles: row.may_hold_several_roles,
    },
    revision: row.revision,
    t0At: row.t0_at === null ? null : instant(row.t0_at),
    phases: phasesFrom(row.phases ?? []),
    ...itemsFrom(row.items ?? []),
    comments: (row.comments ?? []).map(commentFrom),
    evidence: (row.evidence ?? []).map(evidenceFrom),
    signOffRound: row.sign_off_round,
    approvals: (row.approvals ?? []).map(approvalFrom),
    rejectionAnswers: (row.answers ?? []).map(
      ({ round, answer, answered_at, answered_by_id, answered_by_name }) => ({
        round,
        answered: certainStamp(answered_at, answered_by_id, answered_by_name),
        answer,
      }),
    ),
    breakGlass: (row.break_glass ?? []).map(breakGlassFrom),
    freezeLifts: (row.freeze_lifts ?? []).map(
      ({ freeze_id, reason, seq, lifted_at, lifted_by_id, lifted_by_name }) => ({
        freeze: freeze_id,
        lifted: certainStamp(lifted_at, lifted_by_id, lifted_by_name),
        reason,
        seq,
      }),
    ),
    rollback:
      rollback === null
        ? null
        : { ...rollback, reason: row.rollback_reason ?? "", frozenPhase: row.frozen_phase },
    ended:
      ended === null || row.outcome === null
        ? null
        : { ...ended, outcome: row.outcome, reason: row.ended_reason },
    legalHold: hold === null ? null : { ...hold, reason: row.legal_hold_reason ?? "" },
  };
}

/** The windows that stood beside the record, no part of it. */
export function freezesFrom({ freezes }: DeploymentRow): readonly FreezeWindow[] {
  return (freezes ?? []).map(({ id, environment, reason, starts_at, ends_at }) => ({
    id,
    environment,
    startsAt: instant(starts_at),
    endsAt: instant(ends_at),
    reason,
  }));
}

// A phase that was reopened or locked again keeps its row, with nothing in it.
function phasesFrom(rows: readonly PhaseRow[]): Readonly<Record<string, PhaseState>> {
  const phases: Record<string, PhaseState> = {};
  for (const row of rows) {
    const started = stamp(row.started_at, row.started_by_id, row.started_by_name);
    const completed = stamp(row.completed_at, row.completed_by_id, row.completed_by_name);
    if (started === null && completed === null) continue;
    phases[row.key] = { started, completed, ...(row.left_incomplete && { leftIncomplete: true }) };
  }
  return phases;
}

// One row an item, with whatever is told of it: its state, its owner, its date.
function itemsFrom(rows: readonly ItemRow[]): Pick<Deployment, "items" | "owners" | "dues"> {
  const found = <T>(valueOf: (row: ItemRow) => T | null): Readonly<Record<string, T>> =>
    Object.fromEntries(
      rows.flatMap((row) => {
        const value = valueOf(row);
        return value === null ? [] : [[row.key, value]];
      }),
    );
  return {
    items: found(itemState),
    owners: found(({ owner_id: id, owner_name: name }) =>
      id === null || name === null ? null : { id, name },
    ),
    dues: found(({ due_at: at }) => (at === null ? null : instant(at))),
  };
}

function itemState(row: ItemRow): ItemState | null {
  if (row.status === "open") return null;
  const settled = certainStamp(row.settled_at, row.settled_by_id, row.settled_by_name);
  return row.status === "done"
    ? { status: "done", settled }
    : { status: "not-applicable", settled, reason: row.reason };
}

function commentFrom(row: CommentRow): Comment {
  const { id, item_key: itemKey, text, mentions, seq } = row;
  const added = certainStamp(row.added_at, row.added_by_id, row.added_by_name);
  return {
    id,
    itemKey,
    text,
    mentions,
    added,
    // Its author alone edits a comment.
    edited: row.edited_at === null ? null : { at: instant(row.edited_at), by: added.by },
    deleted: stamp(row.deleted_at, row.deleted_by_id, row.deleted_by_name),
    seq,
  };
}

function evidenceFrom(row: EvidenceRow): Evidence {
  const { id, item_key: itemKey, content, source, seq } = row;
  const overruled = stamp(row.overruled_at, row.overruled_by_id, row.overruled_by_name);
  return {
    id,
    itemKey,
    content,
    recorded: certainStamp(row.recorded_at, row.recorded_by_id, row.recorded_by_name),
    source,
    seq,
    overruled: overruled === null ? null : { ...overruled, reason: row.overrule_reason ?? "" },
  };
}

function approvalFrom(row: ApprovalRow): Approval {
  const { round, role, seq, decision, meaning, comment, digest, proof } = row;
  return {
    round,
    role,
    decision,
    signed: certainStamp(row.signed_at, row.signed_by_id, row.signed_by_name),
    standsInFor: standsInFor(row),
    meaning,
    comment,
    digest,
    proof,
    voided: row.voided_at === null ? null : { at: instant(row.voided_at), cause: row.void_cause ?? "" },
    seq,
  };
}

function standsInFor({ for_id: id, for_name: name, delegation_id: delegation }: ApprovalRow) {
  return id === null || name === null || delegation === null ? null : { id, name, delegation };
}

function breakGlassFrom(row: BreakGlassRow): BreakGlass {
  const { request, phase, title, reason, role, meaning, digest, proof, blockers, overridden } = row;
  const { conclusion, finding } = row;
  const confirmed = stamp(row.confirmed_at, row.confirmed_by_id, row.confirmed_by_name);
  const used = stamp(row.used_at, row.used_by_id, row.used_by_name);
  const reviewed = stamp(row.reviewed_at, row.reviewed_by_id, row.reviewed_by_name);
  return {
    request,
    phase,
    title,
    requested: certainStamp(row.requested_at, row.requested_by_id, row.requested_by_name),
    reason,
    confirmed:
      confirmed === null || role === null || proof === null
        ? null
        : {
            ...confirmed,
            role,
            meaning: meaning ?? "",
            digest: digest ?? "",
            proof,
            blockers: blockers ?? [],
          },
    used: used === null ? null : { ...used, overridden: overridden ?? [] },
    closed: row.closed_at === null ? null : { at: instant(row.closed_at), cause: row.close_cause ?? "" },
    review:
      reviewed === null || conclusion === null ? null : { ...reviewed, conclusion, finding: finding ?? "" },
  };
}

function stamp(at: Time | null, id: string | null, name: string | null): Stamp | null {
  return at === null || id === null || name === null ? null : certainStamp(at, id, name);
}

function certainStamp(at: Time, id: string, name: string): Stamp {
  return { at: instant(at), by: { id, name } };
}

function instant(time: Time): string {
  return (typeof time === "string" ? new Date(time) : time).toISOString();
}
