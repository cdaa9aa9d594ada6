import type {
  Approval,
  Deployment,
  DeploymentDetails,
  Ending,
  Instant,
  Person,
  RejectionAnswer,
  Stamp,
} from "#lib/domain/deployment.ts";
import type { BreakGlass, BreakGlassState } from "#lib/domain/break-glass-request.ts";
import type { GateStanding } from "#lib/domain/gate-standing.ts";
import type { FreezeLift, FreezeWindow } from "#lib/domain/freezes.ts";
import type { Evidence } from "#lib/domain/evidence.ts";
import type { Blocker } from "#lib/domain/rejection.ts";
import type { Judgement } from "#lib/domain/requirements.ts";
import type { ApproverRole } from "#lib/domain/roles.ts";
import type { SloMetric } from "#lib/domain/slo.ts";
import type { Status } from "#lib/domain/status.ts";
import type { CheckUse, Requirement, SignOffPlace } from "#lib/domain/template.ts";

/** Whether the caller may do something, and if not, the sentence that says why. */
export type Ability = { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

export type ItemView = {
  readonly key: string;
  readonly title: string;
  readonly critical: boolean;
  readonly conditional: boolean;
  readonly requirement: Requirement | null;
  /** The machines that can tell, as far as this installation knows them. */
  readonly checks: readonly CheckView[];
  /** How the item stands by its machines and its requirement; null when neither says anything. */
  readonly judgement: Judgement | null;
  readonly status: "open" | "done" | "not-applicable";
  readonly settled: Stamp | null;
  /** Why the item is not applicable. */
  readonly reason: string | null;
  /** Who is to settle it. */
  readonly owner: Person | null;
  /** When it is due: as it was set, or as its phase says; null on the rollback list. */
  readonly dueAt: Instant | null;
  readonly dueIsSet: boolean;
  /** How many comments stand at it. */
  readonly comments: number;
  /** Newest first. */
  readonly evidence: readonly EvidenceView[];
};

/** `counts` is false where it was recorded before another T-0 of the record. */
export type EvidenceView = Evidence & { readonly counts: boolean };

export type CheckView = {
  readonly checker: string;
  readonly title: string;
  /** `report`: a pipeline uploads it; `live`: Countersign looks by itself. */
  readonly kind: "report" | "live";
  readonly weight: CheckUse["weight"];
  readonly labels: readonly string[];
  /** Whether the service gave an address to go to; null for a report. */
  readonly configured: boolean | null;
  /** When it looked last; null when it has not, and for a report. */
  readonly ranAt: Instant | null;
  /** The last change of the address while this record was open; null when there was none. */
  readonly addressChanged: AddressChange | null;
};

export type AddressChange = { readonly at: Instant; readonly by: string };

export type SectionView = {
  readonly key: string;
  readonly title: string;
  readonly done: number;
  readonly total: number;
  /** Whether items of this section may change now. */
  readonly change: Ability;
  readonly items: readonly ItemView[];
};

export type PhaseView = {
  readonly key: string;
  readonly title: string;
  /** `T-7 d`, `T+30 min` … */
  readonly label: string;
  /** When the phase is due to begin, from the deployment date; null for the rollback. */
  readonly dueAt: Instant | null;
  /** `ready`: its gate is open and nobody has begun it; `frozen`: a rollback stopped it. */
  readonly state: "completed" | "open" | "ready" | "frozen" | "locked";
  readonly started: Stamp | null;
  readonly completed: Stamp | null;
  /** When its evidence was judged last; null while it is judged at each moment anew. */
  readonly judgedAt: Instant | null;
  /** Break glass began the next phase before this one was complete. */
  readonly leftIncomplete: boolean;
  readonly done: number;
  readonly total: number;
  readonly start: Ability;
  readonly complete: Ability;
  readonly reopen: Ability;
  readonly sections: readonly SectionView[];
};

export type GateView = GateStanding & {
  /** The phase it stands before, or `close-out`. */
  readonly phase: string;
  readonly title: string;
};

export type SignOffStepView = {
  readonly role: ApproverRole;
  readonly title: string;
  readonly state: "approved" | "rejected" | "next" | "waiting";
  /** How many people of the role approve, and how many have. */
  readonly quorum: number;
  readonly approved: number;
  /** Steps of one stage sign in any order; the next stage opens when all of them have their quorum. */
  readonly stage: number;
  /** The nearest roles before it that have not approved yet; null when it is its turn or it has signed. */
  readonly waitsFor: string | null;
  /** The newest standing approval, or the rejection that is not answered. */
  readonly approval: Approval | null;
  /** All of them, oldest first. */
  readonly approvals: readonly Approval[];
  /** Whether the caller may sign this step now. */
  readonly sign: Ability;
  /** For whom the caller stands in as this role. */
  readonly signFor: readonly StandInView[];
};

export type StandInView = { readonly delegation: string; readonly name: string; readonly sign: Ability };

/** Rule 8 on this record: what may be asked, what waits for a confirmation, and all that was. */
export type BreakGlassView = {
  readonly state: BreakGlassState;
  /** The gate that a request would open; null when there is none. */
  readonly gate: { readonly phase: string; readonly title: string } | null;
  readonly request: Ability;
  readonly pending: PendingBreakGlassView | null;
  /** Every request that is used or closed, newest first. */
  readonly past: readonly (BreakGlass & { readonly reviewAbility: Ability })[];
};

export type PendingBreakGlassView = BreakGlass & {
  /** What it would override now, or what it does. */
  readonly blockers: readonly Blocker[];
  /** SHA-256 of what a confirmation signs now. */
  readonly currentDigest: string;
  /** The approver roles that the caller holds here, each with whether it may confirm. */
  readonly confirmAs: readonly {
    readonly role: ApproverRole;
    readonly title: string;
    readonly ability: Ability;
  }[];
  readonly withdraw: Ability;
};

export type SignOffView = {
  readonly place: SignOffPlace;
  /** The phase whose gate it stands at, or `close-out`. */
  readonly gate: string;
  readonly gateTitle: string;
  readonly round: number;
  readonly ready: boolean;
  readonly passed: boolean;
  /** SHA-256 of what an approval signs now. */
  readonly digest: string;
  readonly steps: readonly SignOffStepView[];
  /** Approvals and rejections that no longer stand, newest first. */
  readonly voided: readonly Approval[];
  readonly answers: readonly RejectionAnswer[];
  readonly answerRejection: Ability;
};

/** A window in which this record does not begin, unless it is lifted for it. */
export type FreezeView = FreezeWindow & {
  /** Whether it holds now, or is to come. */
  readonly standing: boolean;
  readonly lifted: FreezeLift | null;
  readonly lift: Ability;
};

export type SloView = {
  readonly metric: SloMetric;
  readonly title: string;
  readonly unit: "%" | "ms" | "min";
  readonly compare: "at least" | "below" | "at most";
  readonly target: number;
  /** `item` holds the evidence; null for the time to recover, which the rollback's clock tells. */
  readonly measured: {
    readonly value: number;
    readonly at: Instant;
    readonly met: boolean;
    readonly item: string | null;
  } | null;
};

export type RollbackView = {
  readonly triggered: Stamp & { readonly reason: string; readonly frozenPhase: string | null };
  /** When the recovery time objective runs out. */
  readonly rtoEndsAt: Instant;
};

/** What the record needs next: the one step that its panel offers. */
export type NextStep =
  | {
      readonly kind: "complete-phase";
      readonly phase: string;
      readonly title: string;
      readonly ability: Ability;
    }
  | {
      readonly kind: "start-phase";
      readonly phase: string;
      readonly title: string;
      readonly ability: Ability;
    }
  | { readonly kind: "sign"; readonly role: ApproverRole; readonly title: string; readonly ability: Ability }
  | { readonly kind: "answer-rejection"; readonly ability: Ability }
  | { readonly kind: "none" };

/** A record as one caller sees it at one moment: states, reasons, and what the caller may do. */
export type DeploymentView = {
  readonly id: string;
  readonly revision: number;
  /** When this was read, by the server's clock. */
  readonly now: Instant;
  readonly team: { readonly id: string; readonly name: string };
  readonly service: { readonly id: string; readonly name: string };
  readonly template: { readonly key: string; readonly version: number; readonly title: string };
  readonly targets: readonly string[];
  readonly details: DeploymentDetails;
  readonly opened: Stamp;
  /** Separation of duties that the team relaxed for this record, in words; empty when none. */
  readonly relaxations: readonly string[];
  readonly status: Status;
  readonly t0At: Instant | null;
  readonly ended: Ending | null;
  readonly currentPhase: string | null;
  readonly phases: readonly PhaseView[];
  readonly rollbackPhase: PhaseView;
  readonly rollback: RollbackView | null;
  readonly gates: readonly GateView[];
  /** What keeps the next step from being taken. */
  readonly blockers: readonly Blocker[];
  readonly nextStep: NextStep;
  readonly signOff: SignOffView;
  readonly breakGlass: BreakGlassView;
  /** Until T-0: the freeze windows over its team and environment, the earliest first. */
  readonly freezes: readonly FreezeView[];
  readonly slo: readonly SloView[];
  /** While it stands, nothing of the record is removed. */
  readonly legalHold: Deployment["legalHold"];
  /** How many comments stand on the record as a whole. */
  readonly comments: number;
  /** The stone in the installation's history that tells of the removal of its content. */
  readonly stoneSeq: number | null;
  readonly predecessorId: string | null;
  readonly successorId: string | null;
  readonly abilities: {
    readonly changeDetails: Ability;
    readonly cancel: Ability;
    readonly rollBack: Ability;
    readonly openSuccessor: Ability;
    readonly waiveCritical: Ability;
    /** An engineer takes items, and gives on what is theirs or nobody's. */
    readonly assign: Ability;
    readonly assignAnybody: Ability;
    readonly setDue: Ability;
    readonly comment: Ability;
    readonly runChecks: Ability;
    readonly overrule: Ability;
    readonly setLegalHold: Ability;
    readonly liftLegalHold: Ability;
  };
};
