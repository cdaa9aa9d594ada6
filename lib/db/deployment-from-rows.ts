import { allItems } from "#lib/domain/checklist.ts";
import type { BreakGlass } from "#lib/domain/break-glass-request.ts";
import type { Approval, Comment, Deployment, ItemState, PhaseState, Stamp } from "#lib/domain/deployment.ts";
import type { Evidence } from "#lib/domain/evidence.ts";
import type { FreezeWindow } from "#lib/domain/freezes.ts";
import { BrokenRow, isSet } from "./column-groups.ts";
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

/** The one way from rows to the record that rules are decided on. Throws `BrokenRow` for what is none. */
export function fromRows(row: DeploymentRow, checklist: Deployment["checklist"]): Deployment {
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
    rollback: rollbackFrom(row),
    ended: endFrom(row),
    legalHold: holdFrom(row),
  };
}

function rollbackFrom(row: DeploymentRow): Deployment["rollback"] {
  if (!isSet(row, ["rollback_at", "rollback_by_id", "rollback_by_name", "rollback_reason"], ["frozen_phase"]))
    return null;
  const { rollback_at: at, rollback_by_id: id, rollback_by_name: name } = row;
  return { ...certainStamp(at, id, name), reason: row.rollback_reason, frozenPhase: row.frozen_phase };
}

function endFrom(row: DeploymentRow): Deployment["ended"] {
  if (!isSet(row, ["ended_at", "ended_by_id", "ended_by_name", "outcome"], ["ended_reason"])) return null;
  const { ended_at: at, ended_by_id: id, ended_by_name: name, outcome } = row;
  return { ...certainStamp(at, id, name), outcome, reason: row.ended_reason };
}

function holdFrom(row: DeploymentRow): Deployment["legalHold"] {
  if (!isSet(row, ["legal_hold_at", "legal_hold_by_id", "legal_hold_by_name", "legal_hold_reason"]))
    return null;
  const { legal_hold_at: at, legal_hold_by_id: id, legal_hold_by_name: name } = row;
  return { ...certainStamp(at, id, name), reason: row.legal_hold_reason };
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
    const started = isSet(row, ["started_at", "started_by_id", "started_by_name"])
      ? certainStamp(row.started_at, row.started_by_id, row.started_by_name)
      : null;
    const completed = isSet(row, ["completed_at", "completed_by_id", "completed_by_name"])
      ? certainStamp(row.completed_at, row.completed_by_id, row.completed_by_name)
      : null;
    if (row.left_incomplete === null || (completed === null && row.left_incomplete))
      throw new BrokenRow("left_incomplete does not fit completed_at");
    if (started === null && completed === null) continue;
    phases[row.key] = { started, completed, ...(row.left_incomplete && { leftIncomplete: true }) };
  }
  return phases;
}

/** Throws `BrokenRow` for a row of an item that the checklist has not. */
export function refuseStrayItems({ items }: DeploymentRow, checklist: Deployment["checklist"]): void {
  const keys = new Set(allItems(checklist).map(({ item }) => item.key));
  const stray = items?.find(({ key }) => !keys.has(key));
  if (stray !== undefined) throw new BrokenRow(`an item “${stray.key}” is there that its checklist has not`);
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
    owners: found((row) =>
      isSet(row, ["owner_id", "owner_name"]) ? { id: row.owner_id, name: row.owner_name } : null,
    ),
    dues: found(({ due_at: at }) => (at === null ? null : instant(at))),
  };
}

function itemState(row: ItemRow): ItemState | null {
  const { status, reason } = row;
  if (!isSet(row, ["settled_at", "settled_by_id", "settled_by_name"], ["reason"])) {
    if (status === "open") return null;
    throw new BrokenRow(`an item is ${status} without settled_at`);
  }
  const settled = certainStamp(row.settled_at, row.settled_by_id, row.settled_by_name);
  if (status === "not-applicable") return { status, settled, reason };
  if (status !== "done" || reason !== null) throw new BrokenRow(`an item is ${status}, yet settled`);
  return { status, settled };
}

function commentFrom(row: CommentRow): Comment {
  const { id, item_key: itemKey, text, mentions, named, edits, seq } = row;
  const added = certainStamp(row.added_at, row.added_by_id, row.added_by_name);
  return {
    id,
    itemKey,
    text,
    mentions,
    named,
    added,
    // Its author alone edits a comment.
    edited: row.edited_at === null ? null : { at: instant(row.edited_at), by: added.by },
    edits,
    deleted: isSet(row, ["deleted_at", "deleted_by_id", "deleted_by_name"])
      ? certainStamp(row.deleted_at, row.deleted_by_id, row.deleted_by_name)
      : null,
    seq,
  };
}

function evidenceFrom(row: EvidenceRow): Evidence {
  const { id, item_key: itemKey, content, source, seq } = row;
  return {
    id,
    itemKey,
    content,
    recorded: certainStamp(row.recorded_at, row.recorded_by_id, row.recorded_by_name),
    source,
    seq,
    overruled: isSet(row, ["overruled_at", "overruled_by_id", "overruled_by_name", "overrule_reason"])
      ? {
          ...certainStamp(row.overruled_at, row.overruled_by_id, row.overruled_by_name),
          reason: row.overrule_reason,
        }
      : null,
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
    voided: isSet(row, ["voided_at", "void_cause"])
      ? { at: instant(row.voided_at), cause: row.void_cause }
      : null,
    seq,
  };
}

function standsInFor(row: ApprovalRow): Approval["standsInFor"] {
  return isSet(row, ["for_id", "for_name", "delegation_id"])
    ? { id: row.for_id, name: row.for_name, delegation: row.delegation_id }
    : null;
}

function breakGlassFrom(row: BreakGlassRow): BreakGlass {
  const { request, phase, title, reason } = row;
  return {
    request,
    phase,
    title,
    requested: certainStamp(row.requested_at, row.requested_by_id, row.requested_by_name),
    reason,
    confirmed: confirmationFrom(row),
    used: isSet(row, ["used_at", "used_by_id", "used_by_name", "overridden"])
      ? { ...certainStamp(row.used_at, row.used_by_id, row.used_by_name), overridden: row.overridden }
      : null,
    closed: isSet(row, ["closed_at", "close_cause"])
      ? { at: instant(row.closed_at), cause: row.close_cause }
      : null,
    review: reviewFrom(row),
  };
}

function confirmationFrom(row: BreakGlassRow): BreakGlass["confirmed"] {
  const told = ["role", "meaning", "digest", "proof", "blockers"] as const;
  if (!isSet(row, ["confirmed_at", "confirmed_by_id", "confirmed_by_name", ...told])) return null;
  const { role, meaning, digest, proof, blockers } = row;
  const confirmed = certainStamp(row.confirmed_at, row.confirmed_by_id, row.confirmed_by_name);
  return { ...confirmed, role, meaning, digest, proof, blockers };
}

function reviewFrom(row: BreakGlassRow): BreakGlass["review"] {
  if (!isSet(row, ["reviewed_at", "reviewed_by_id", "reviewed_by_name", "conclusion", "finding"]))
    return null;
  const { conclusion, finding } = row;
  return { ...certainStamp(row.reviewed_at, row.reviewed_by_id, row.reviewed_by_name), conclusion, finding };
}

function certainStamp(at: Time, id: string, name: string): Stamp {
  return { at: instant(at), by: { id, name } };
}

function instant(time: Time | null): string {
  if (time === null) throw new BrokenRow("a time is missing");
  return (typeof time === "string" ? new Date(time) : time).toISOString();
}
