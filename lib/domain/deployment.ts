import type { Proof } from "./proof.ts";
import type { ApproverRole } from "./roles.ts";
import type { SloTargets } from "./slo.ts";
import type { BreakGlass } from "./break-glass-request.ts";
import type { PhaseTemplate, SignOffPlace, SignOffStep, Target } from "./template.ts";
import type { Evidence } from "./evidence.ts";
import type { FreezeLift } from "./freezes.ts";

/** A point in time as `YYYY-MM-DDTHH:MM:SS.sssZ`: text, so that hashing it loses nothing. */
export type Instant = string;

/** A person as the record names them: the id, and the name at that moment. */
export type Person = { readonly id: string; readonly name: string };

/** What happened once, when and by whose hand. */
export type Stamp = { readonly at: Instant; readonly by: Person };

export type Link = { readonly title: string; readonly url: string };

/** The metadata form: what a team lead may still correct after opening. */
export type DeploymentDetails = {
  readonly version: string;
  readonly commit: string;
  readonly environment: string;
  readonly deploymentAt: Instant;
  readonly deployedBy: Person;
  readonly links: readonly Link[];
  readonly slo: SloTargets;
};

/** The copy of a template that belongs to one deployment and never changes. */
export type Checklist = {
  readonly template: { readonly key: string; readonly version: number; readonly title: string };
  readonly targets: readonly Target[];
  readonly phases: readonly PhaseTemplate[];
  readonly rollback: PhaseTemplate;
  readonly signOff: {
    readonly place: SignOffPlace;
    /** The phase whose gate the approvals stand at; null when they stand after the last phase. */
    readonly gatePhase: string | null;
    readonly steps: readonly SignOffStep[];
  };
};

/** Separation of duties (rule 3) as far as the team relaxed it when the record was opened. */
export type DutyRelaxations = {
  readonly openerMaySign: boolean;
  readonly deployerMaySign: boolean;
  readonly mayHoldSeveralRoles: boolean;
};

export type PhaseState = {
  readonly started: Stamp | null;
  readonly completed: Stamp | null;
  /** Rule 8: the next phase began by break glass before this one was complete. */
  readonly leftIncomplete?: true;
};

export type ItemState =
  | { readonly status: "open" }
  | { readonly status: "done"; readonly settled: Stamp }
  | { readonly status: "not-applicable"; readonly settled: Stamp; readonly reason: string | null };

export type Approval = {
  readonly round: number;
  readonly role: ApproverRole;
  readonly decision: "approved" | "rejected";
  readonly signed: Stamp;
  /** The approver whose stand-in signed; null when they signed themselves. */
  readonly standsInFor: StandsInFor | null;
  readonly meaning: string;
  readonly comment: string | null;
  /** SHA-256, in hex, of the canonical content that was signed. */
  readonly digest: string;
  readonly proof: Proof;
  /** Set when the content changed, a phase was reopened or a rejection was answered. */
  readonly voided: { readonly at: Instant; readonly cause: string } | null;
  /** The number of the event that recorded it. */
  readonly seq: number;
};

/** Whom a stand-in signs for, and the delegation that lets them. */
export type StandsInFor = Person & { readonly delegation: string };

/** What somebody said on the record, or at one of its items. */
export type Comment = {
  readonly id: string;
  readonly itemKey: string | null;
  /** As it stands now, at most 10,000 characters; null once it is deleted. Earlier texts are in the history. */
  readonly text: string | null;
  /** The ids of the people named in it. */
  readonly mentions: readonly string[];
  /** Everybody whom it ever named, by id, with the number of the event that did so first. */
  readonly named: Readonly<Record<string, number>>;
  readonly added: Stamp;
  readonly edited: Stamp | null;
  /** How often it was edited. */
  readonly edits: number;
  readonly deleted: Stamp | null;
  /** The number of the event that recorded it. */
  readonly seq: number;
};

export type RejectionAnswer = { readonly round: number; readonly answered: Stamp; readonly answer: string };

export type Ending = Stamp & {
  readonly outcome: "completed" | "rolled-back" | "cancelled";
  readonly reason: string | null;
};

export type Deployment = {
  readonly id: string;
  readonly teamId: string;
  readonly service: { readonly id: string; readonly name: string };
  readonly predecessorId: string | null;
  readonly opened: Stamp;
  readonly details: DeploymentDetails;
  readonly checklist: Checklist;
  readonly relaxations: DutyRelaxations;
  /** The number of events so far: grows by one with each, and guards every write. */
  readonly revision: number;
  /** When the phase at T-0 began; kept when an earlier phase is reopened (rule 7 counts from it). */
  readonly t0At: Instant | null;
  readonly phases: Readonly<Record<string, PhaseState>>;
  /** Only items that are settled; any other item of the checklist is open. */
  readonly items: Readonly<Record<string, ItemState>>;
  /** Who is to settle an item, by item; no part of what is signed. */
  readonly owners: Readonly<Record<string, Person>>;
  /** Dates that were set, by item; any other follows from its phase (`dueOf`). */
  readonly dues: Readonly<Record<string, Instant>>;
  /** Oldest first, deleted ones included; no part of what is signed. */
  readonly comments: readonly Comment[];
  /** Oldest first; newer evidence replaces older of its item without erasing it. */
  readonly evidence: readonly Evidence[];
  readonly signOffRound: number;
  readonly approvals: readonly Approval[];
  readonly rejectionAnswers: readonly RejectionAnswer[];
  /** Rule 8: every request to open a gate by break glass, oldest first; none is ever removed. */
  readonly breakGlass: readonly BreakGlass[];
  /** Windows that do not hold for this record, oldest lift first. */
  readonly freezeLifts: readonly FreezeLift[];
  readonly rollback: (Stamp & { readonly reason: string; readonly frozenPhase: string | null }) | null;
  readonly ended: Ending | null;
  /** While it stands, nothing of the record is removed, whatever the retention span says. */
  readonly legalHold: (Stamp & { readonly reason: string }) | null;
};
