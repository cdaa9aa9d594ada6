import type { EventActor } from "./actor.ts";
import type { Confirmation, Review } from "./break-glass-request.ts";
import type {
  Approval,
  Checklist,
  DeploymentDetails,
  DutyRelaxations,
  Instant,
  StandsInFor,
} from "./deployment.ts";
import type { EvidenceContent } from "./evidence.ts";
import type { FreezeWindow } from "./freezes.ts";
import type { PasskeyAssertion } from "./proof.ts";
import type { Blocker } from "./rejection.ts";
import type { ApproverRole } from "./roles.ts";

type ItemRef = { readonly item: string; readonly title: string };
/** Where a comment stands: at an item, or on the record as a whole. */
type CommentRef = {
  readonly commentId: string;
  readonly item: string | null;
  readonly title: string | null;
};
type Said = {
  readonly text: string;
  /** The ids of the people named in it. */ readonly mentions: readonly string[];
};
type PhaseRef = { readonly phase: string; readonly title: string };
type Signature = {
  readonly round: number;
  readonly role: ApproverRole;
  readonly roleTitle: string;
  readonly meaning: string;
  readonly digest: string;
  readonly proof: Approval["proof"];
  /** The passkey's answer, where the proof was one. */
  readonly assertion?: PasskeyAssertion;
  /** Present when a stand-in signed. */
  readonly for?: StandsInFor;
};
type GlassRef = PhaseRef & { readonly request: number };

/** What each kind of event on a deployment carries: enough to replay the record from nothing. */
export type DeploymentEventData = {
  "deployment.opened": {
    readonly teamId: string;
    readonly service: { readonly id: string; readonly name: string };
    readonly predecessorId: string | null;
    readonly details: DeploymentDetails;
    readonly checklist: Checklist;
    readonly relaxations: DutyRelaxations;
  };
  "deployment.details-changed": {
    readonly from: Partial<DeploymentDetails>;
    readonly to: Partial<DeploymentDetails>;
  };
  "deployment.completed": Record<string, never>;
  "deployment.rolled-back": Record<string, never>;
  "deployment.cancelled": { readonly reason: string };
  /** `overridden`, by `request`: what stood against it when break glass let it begin. */
  "phase.started": PhaseRef & {
    readonly atT0: boolean;
    readonly request?: number;
    readonly overridden?: readonly Blocker[];
  };
  "phase.left-incomplete": GlassRef;
  "phase.completed": PhaseRef;
  "phase.reopened": PhaseRef & { readonly reason: string };
  "item.checked": ItemRef;
  "item.unchecked": ItemRef;
  "item.waived": ItemRef & { readonly reason: string | null };
  "item.waiver-withdrawn": ItemRef;
  /** One event for all items of one assignment; nobody owns them any more when the owner is null. */
  "items.assigned": {
    readonly items: readonly ItemRef[];
    readonly ownerId: string | null;
    readonly ownerName: string | null;
  };
  /** Null goes back to the date that follows from the phase and the deployment's own. */
  "items.due-set": { readonly items: readonly ItemRef[]; readonly dueAt: Instant | null };
  "comment.added": CommentRef & Said;
  "comment.edited": CommentRef & Said;
  "comment.deleted": CommentRef;
  "evidence.added": ItemRef & { readonly evidenceId: string; readonly content: EvidenceContent };
  "verdict.overruled": ItemRef & {
    readonly evidenceId: string;
    readonly check: string;
    readonly reason: string;
  };
  "approval.granted": Signature & { readonly comment: string | null };
  "approval.rejected": Signature & { readonly reason: string };
  "sign-off.voided": { readonly round: number; readonly cause: string };
  "rejection.answered": { readonly round: number; readonly answer: string };
  "break-glass.requested": PhaseRef & { readonly reason: string; readonly blockers: readonly Blocker[] };
  "break-glass.confirmed": GlassRef & {
    readonly roleTitle: string;
    readonly assertion?: PasskeyAssertion;
  } & Pick<Confirmation, "role" | "meaning" | "digest" | "proof" | "blockers">;
  "break-glass.withdrawn": GlassRef;
  "break-glass.lapsed": GlassRef & { readonly cause: string };
  "break-glass.reviewed": GlassRef & Review;
  "freeze.lifted": {
    readonly freeze: string;
    readonly window: Omit<FreezeWindow, "id">;
    readonly reason: string;
  };
  "legal-hold.set": { readonly reason: string };
  "legal-hold.lifted": { readonly reason: string };
  "rollback.triggered": { readonly reason: string; readonly frozenPhase: string | null };
};

export type DeploymentEventType = keyof DeploymentEventData;

/** An event that a rule decided on and nobody has recorded yet. */
export type EventDraft = {
  [T in DeploymentEventType]: { readonly type: T; readonly data: DeploymentEventData[T] };
}[DeploymentEventType];

export type DeploymentEvent = EventDraft & {
  readonly seq: number;
  readonly at: Instant;
  readonly actor: EventActor;
};
