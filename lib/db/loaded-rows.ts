import type { RoleGrant } from "#lib/domain/actor.ts";
import type { BreakGlass, Confirmation, Review } from "#lib/domain/break-glass-request.ts";
import type { Approval, Comment, Deployment, ItemState } from "#lib/domain/deployment.ts";
import type { Evidence } from "#lib/domain/evidence.ts";
import type { FreezeWindow } from "#lib/domain/freezes.ts";
import type { Blocker } from "#lib/domain/rejection.ts";
import type { AddedWeight } from "./record-weight.ts";

export type Time = string | Date;
type StampColumns<N extends string> = Readonly<
  Record<`${N}_at`, Time> & Record<`${N}_by_id` | `${N}_by_name`, string>
>;
type MaybeStampColumns<N extends string> = {
  readonly [K in keyof StampColumns<N>]: StampColumns<N>[K] | null;
};

export type PhaseRow = {
  readonly key: string;
  readonly left_incomplete: boolean | null;
} & MaybeStampColumns<"started"> &
  MaybeStampColumns<"completed">;
export type ItemRow = {
  readonly key: string;
  readonly reason: string | null;
  readonly owner_id: string | null;
  readonly owner_name: string | null;
  readonly due_at: Time | null;
  readonly status: "open" | ItemState["status"];
} & MaybeStampColumns<"settled">;
export type EvidenceRow = Pick<Evidence, "id" | "content" | "source" | "seq"> & {
  readonly item_key: string;
  readonly overrule_reason: string | null;
} & StampColumns<"recorded"> &
  MaybeStampColumns<"overruled">;
export type ApprovalRow = Pick<
  Approval,
  "round" | "role" | "seq" | "decision" | "meaning" | "comment" | "digest" | "proof"
> & {
  readonly voided_at: Time | null;
  readonly void_cause: string | null;
  readonly for_id: string | null;
  readonly for_name: string | null;
  readonly delegation_id: string | null;
} & StampColumns<"signed">;
export type BreakGlassRow = Pick<BreakGlass, "request" | "phase" | "title" | "reason"> & {
  readonly [K in "role" | "meaning" | "digest" | "proof"]: Confirmation[K] | null;
} & { readonly blockers: readonly Blocker[] | null; readonly overridden: readonly Blocker[] | null } & {
  readonly closed_at: Time | null;
  readonly close_cause: string | null;
  readonly conclusion: Review["conclusion"] | null;
  readonly finding: string | null;
} & StampColumns<"requested"> &
  MaybeStampColumns<"confirmed"> &
  MaybeStampColumns<"used"> &
  MaybeStampColumns<"reviewed">;
type LiftRow = {
  readonly freeze_id: string;
  readonly reason: string;
  readonly seq: number;
} & StampColumns<"lifted">;
type FreezeRow = Pick<FreezeWindow, "id" | "environment" | "reason"> & {
  readonly starts_at: Time;
  readonly ends_at: Time;
};
type AnswerRow = { readonly round: number; readonly answer: string } & StampColumns<"answered">;

export type CommentRow = Pick<Comment, "id" | "text" | "mentions" | "named" | "edits" | "seq"> & {
  readonly item_key: string | null;
  readonly edited_at: Time | null;
} & StampColumns<"added"> &
  MaybeStampColumns<"deleted">;

/** What the one load query answers; the database's constraints keep each value within its type. */
export type DeploymentRow = {
  readonly held: readonly RoleGrant[] | null;
  readonly weight: AddedWeight | null;
  readonly id: string;
  readonly team_id: string;
  readonly service_id: string;
  readonly service_name: string;
  readonly predecessor_id: string | null;
  readonly version: string;
  readonly commit: string;
  readonly environment: string;
  readonly deployment_at: Time;
  readonly deployed_by_id: string;
  readonly deployed_by_name: string;
  readonly links: Deployment["details"]["links"];
  readonly slo: Deployment["details"]["slo"];
  readonly opener_may_sign: boolean;
  readonly deployer_may_sign: boolean;
  readonly may_hold_several_roles: boolean;
  readonly revision: number;
  readonly head_hash: string;
  readonly last_event_at: Date;
  readonly t0_at: Time | null;
  readonly sign_off_round: number;
  readonly rollback_reason: string | null;
  readonly frozen_phase: string | null;
  readonly outcome: "completed" | "rolled-back" | "cancelled" | null;
  readonly ended_reason: string | null;
  readonly checklist: Deployment["checklist"] | null;
  readonly phases: readonly PhaseRow[] | null;
  readonly items: readonly ItemRow[] | null;
  readonly evidence: readonly EvidenceRow[] | null;
  readonly approvals: readonly ApprovalRow[] | null;
  readonly answers: readonly AnswerRow[] | null;
  readonly break_glass: readonly BreakGlassRow[] | null;
  readonly comments: readonly CommentRow[] | null;
  readonly freeze_lifts: readonly LiftRow[] | null;
  readonly freezes: readonly FreezeRow[] | null;
} & StampColumns<"opened"> &
  MaybeStampColumns<"rollback"> &
  MaybeStampColumns<"ended"> &
  MaybeStampColumns<"legal_hold"> & {
    readonly legal_hold_reason: string | null;
    readonly stone_seq: number | null;
  };
