import type { ApproverRole } from "./roles.ts";
import type { SloMetric, SloTargets } from "./slo.ts";

/** A versioned checklist. A deployment copies what it chose when it is opened. */
export type Template = {
  readonly key: string;
  readonly version: number;
  readonly title: string;
  /** In the order in which they open. Exactly one has `startsAtT0`. */
  readonly phases: readonly PhaseTemplate[];
  /** Its sections join the first phase when the target is chosen. */
  readonly targets: Readonly<Record<Target, SectionTemplate>>;
  /** Opened by a trigger; its sections open in their order. */
  readonly rollback: PhaseTemplate;
  readonly signOff: SignOffTemplate;
  readonly sloTargets: SloTargets;
};

export const TARGETS = ["fly-io", "aws-ecs", "kubernetes"] as const;

export type Target = (typeof TARGETS)[number];

export type PhaseTemplate = {
  readonly key: string;
  readonly title: string;
  readonly timing: PhaseTiming;
  readonly sections: readonly SectionTemplate[];
};

export type PhaseTiming = {
  /** As people write it: `T-7 d`, `T+30 min`. */
  readonly label: string;
  /** Minutes from T-0 at which the phase is due to begin; null when a trigger opens it. */
  readonly offsetMinutes: number | null;
  /** The phase whose start is T-0. */
  readonly startsAtT0: boolean;
};

export type SectionTemplate = {
  readonly key: string;
  readonly title: string;
  readonly items: readonly ItemTemplate[];
};

export type ItemTemplate = {
  /** Stable and unique within the template; safe in a URL path. */
  readonly key: string;
  /** Word for word as in the seed document. */
  readonly title: string;
  /** 'Not applicable' takes a team lead and a reason. */
  readonly critical?: true;
  /** 'Not applicable' takes one click: the document itself says 'if …'. */
  readonly conditional?: true;
  /** What the item needs beyond a tick. */
  readonly requirement?: Requirement;
  /** The machines that can tell; whatever one of them said has to be a pass. */
  readonly checks?: readonly CheckUse[];
};

/** A checker of `lib/evidence` with the limits of this item. */
export type CheckUse = {
  readonly checker: string;
  readonly parameters: Readonly<Record<string, CheckParameter>>;
  /** A pass that settles ticks the item; one that supports stands beside a person's tick. */
  readonly weight: "settles" | "supports";
  /** How long a pass counts, in minutes; null until newer evidence comes. */
  readonly freshMinutes: number | null;
  /** Reports that must each have come, such as `unit` and `e2e`, once the first of them has. */
  readonly labels?: readonly string[];
};

type CheckParameter = string | number | readonly string[];

export type Requirement =
  | {
      readonly kind: "measurement";
      readonly metric: string;
      readonly title: string;
      readonly unit: string;
      readonly atLeast: number;
    }
  | { readonly kind: "slo"; readonly metrics: readonly SloMetric[] }
  | { readonly kind: "rotation"; readonly classes: readonly RotationClass[] }
  | { readonly kind: "fresh-time"; readonly title: string; readonly maxAgeMinutes: number }
  | { readonly kind: "wait"; readonly minutes: number; readonly since: "t-0" | "preceding-items" }
  | { readonly kind: "proof"; readonly title: string };

/** A class of secrets with the longest time, in days, since its last rotation. */
export type RotationClass = {
  readonly key: string;
  readonly title: string;
  readonly maxAgeDays: number;
  /** From this age, in days, a rotation is due though not yet failed. */
  readonly dueFromDays?: number;
};

/** Where the ordered approvals stand: before T-0 (go / no-go) or after the last phase. */
export const SIGN_OFF_PLACES = ["go-no-go", "close-out"] as const;

export type SignOffPlace = (typeof SIGN_OFF_PLACES)[number];

/** One role's place in the sign-off. Records of before quorums carry the role and title alone. */
export type SignOffStep = {
  readonly role: ApproverRole;
  readonly title: string;
  /** How many people of the role approve; one when it is left out. */
  readonly quorum?: number;
  /** In any order with the step before it, instead of after it. */
  readonly withPrevious?: true;
};

export type SignOffTemplate = {
  readonly steps: readonly SignOffStep[];
  readonly defaultPlace: SignOffPlace;
};
