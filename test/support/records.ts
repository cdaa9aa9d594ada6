import { toEventActor, type Actor } from "#lib/domain/actor.ts";
import { decideChange, type Decide } from "#lib/domain/change.ts";
import { chooseChecklist, itemsOf } from "#lib/domain/checklist.ts";
import { addEvidence, checkItem, waiveItem } from "#lib/domain/checklist-items.ts";
import type { Deployment, DutyRelaxations } from "#lib/domain/deployment.ts";
import type { DeploymentEvent } from "#lib/domain/events.ts";
import type { CheckEvidence, EvidenceContent } from "#lib/domain/evidence.ts";
import { open } from "#lib/domain/evolve.ts";
import { completePhase, startPhase } from "#lib/domain/phases.ts";
import type { FreezeWindow } from "#lib/domain/freezes.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { DEFAULT_SLO_TARGETS } from "#lib/domain/slo.ts";
import { signedContent } from "#lib/domain/signed-content.ts";
import { PRODUCTION_TEMPLATE } from "#lib/domain/templates/production.ts";
import type { ItemTemplate, SignOffPlace, SignOffStep, Target, Template } from "#lib/domain/template.ts";
import { grantApproval, rejectApproval } from "#lib/domain/approvals.ts";
import type { Mandate } from "#lib/domain/mandate.ts";
import { confirmBreakGlass, requestBreakGlass } from "#lib/domain/break-glass.ts";
import type { ApproverRole } from "#lib/domain/roles.ts";
import { MINUTE, laterBy } from "#lib/domain/time.ts";
import { canonicalText, sha256 } from "#lib/proof/canonical-json.ts";
import { CAST, TEAM } from "./people.ts";

export const START = "2026-03-01T09:00:00.000Z";

type Options = {
  readonly template?: Template;
  readonly targets?: readonly Target[];
  readonly place?: SignOffPlace;
  readonly steps?: readonly SignOffStep[];
  readonly relaxations?: Partial<DutyRelaxations>;
  readonly at?: string;
};

/** A record in memory with its whole history and a clock of its own: rules without a database. */
export class TestRecord {
  deployment: Deployment;
  events: DeploymentEvent[];
  now: string;
  /** The windows over its team and environment. */
  freezes: readonly FreezeWindow[] = [];

  constructor({
    template = PRODUCTION_TEMPLATE,
    targets = [],
    place = "go-no-go",
    steps,
    relaxations = {},
    at = START,
  }: Options = {}) {
    const event = {
      type: "deployment.opened" as const,
      seq: 1,
      at,
      actor: toEventActor(CAST.lead),
      data: {
        teamId: TEAM,
        service: { id: "service", name: "payments-api" },
        predecessorId: null,
        details: {
          version: "1.0.0",
          commit: "3f9c2ab",
          environment: "production",
          deploymentAt: laterBy(at, 7 * 24 * 60 * MINUTE),
          deployedBy: { id: CAST.engineer.id, name: CAST.engineer.name },
          links: [],
          slo: DEFAULT_SLO_TARGETS,
        },
        checklist: chooseChecklist(template, targets, place, steps),
        relaxations: {
          openerMaySign: false,
          deployerMaySign: false,
          mayHoldSeveralRoles: false,
          ...relaxations,
        },
      },
    };
    this.deployment = open("record", event);
    this.events = [event];
    this.now = at;
  }

  /** Runs rules as somebody; answers with the code of the refusal, or null. */
  try(actor: Actor, ...decisions: readonly Decide[]): string | null {
    try {
      this.do(actor, ...decisions);
      return null;
    } catch (error) {
      if (error instanceof Rejection) return error.code;
      throw error;
    }
  }

  /** Runs rules as somebody who is refused; answers with all that they are told. */
  refusal(actor: Actor, ...decisions: readonly Decide[]) {
    try {
      this.do(actor, ...decisions);
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      const { code, message, fields, blockers } = error;
      return {
        code,
        message,
        ...(Object.keys(fields).length > 0 && { fields }),
        ...(blockers.length > 0 && { blockers }),
      };
    }
    throw new Error("nobody was refused");
  }

  do(actor: Actor, ...decisions: readonly Decide[]): void {
    const { after, events } = decideChange(this.deployment, decisions, actor, this.now, this.freezes);
    this.deployment = after;
    this.events.push(...events);
  }

  wait(minutes: number): void {
    this.now = laterBy(this.now, minutes * MINUTE);
  }

  digest(): string {
    return sha256(canonicalText(signedContent(this.deployment)));
  }

  /** Settles every item of a phase as it asks, and completes it. */
  complete(phaseKey: string): void {
    this.settleAll(phaseKey);
    this.do(CAST.engineer, completePhase(phaseKey));
  }

  settleAll(phaseKey: string): void {
    const { checklist } = this.deployment;
    const phase = [...checklist.phases, checklist.rollback].find(({ key }) => key === phaseKey);
    if (phase === undefined) throw new Error(`no phase ${phaseKey}`);
    for (const { item } of itemsOf(phase)) this.settle(item);
  }

  settle(item: ItemTemplate): void {
    if (item.conditional) return this.do(CAST.engineer, waiveItem(item.key, null, false));
    const content = passingEvidence(item, this.now);
    if (content !== null)
      this.do(CAST.engineer, addEvidence(item.key, `evidence-${this.events.length}`, content));
    if (item.requirement?.kind === "wait") this.wait(item.requirement.minutes);
    this.do(CAST.engineer, checkItem(item.key));
  }

  sign(signer: Actor, role: Parameters<typeof approval>[1]): void {
    this.do(signer, approval(this, role, signer));
  }

  signAll(): void {
    this.sign(CAST.engineeringLead, "engineering-lead");
    this.sign(CAST.sre, "devops-sre");
    this.sign(CAST.security, "security");
    this.sign(CAST.product, "product");
  }

  /** Up to the go / no-go, with everything before it complete. */
  toSignOff(): this {
    this.complete("pre-deployment");
    this.complete("final-checks");
    return this;
  }

  /** Past T-0: signed by all, with the deployment begun. */
  toDeployment(): this {
    this.toSignOff();
    this.signAll();
    this.do(CAST.engineer, startPhase("deployment"));
    return this;
  }
}

/** An approval of what the record shows now. */
export function approval(
  record: TestRecord,
  role: ApproverRole,
  signer: Actor,
  mandate: Mandate | null = null,
): Decide {
  const digest = record.digest();
  return grantApproval(signer, { role, digest, contentDigest: digest, proof: "password", mandate }, null);
}

/** A rejection of what the record shows now. */
export function rejection(record: TestRecord, role: ApproverRole, signer: Actor, reason: string): Decide {
  const digest = record.digest();
  return rejectApproval(signer, { role, digest, contentDigest: digest, proof: "password" }, reason);
}

/** What a checker found, a pass unless more is said. */
export function checked(checker: string, more: Partial<CheckEvidence> = {}): CheckEvidence {
  return {
    kind: "check",
    checker,
    title: checker,
    label: null,
    verdict: "pass",
    summary: "Fine.",
    findings: [],
    values: {},
    validUntil: null,
    report: null,
    ...more,
  };
}

/** A delegation of a role on the test's team, from one person to another, for a day from `START`. */
export function mandateFrom(from: Actor, to: Actor, role: ApproverRole): Mandate {
  return {
    delegation: `${from.id}-${to.id}-${role}`,
    role,
    teamId: TEAM,
    from: { id: from.id, name: from.name },
    to: { id: to.id, name: to.name },
    startsAt: START,
    endsAt: laterBy(START, 30 * 24 * 60 * MINUTE),
  };
}

/** Asks for the next gate to be opened, and confirms it. */
export function breakGlass(record: TestRecord, phase: string, confirmer: Actor, role: ApproverRole): void {
  record.do(CAST.lead, requestBreakGlass(phase, "The site is down.", []));
  record.do(confirmer, confirmation(record, confirmer, role));
}

/** A confirmation of the newest request; `digest` is what the confirmer saw. */
export function confirmation(
  record: TestRecord,
  confirmer: Actor,
  role: ApproverRole,
  digest = "same",
): Decide {
  const request = record.deployment.breakGlass.at(-1)?.request ?? 0;
  const signature = { request, role, digest, currentDigest: "same", proof: "password" as const };
  return confirmBreakGlass(confirmer, signature, []);
}

/** Evidence that meets an item's requirement at a moment; null when it needs none. */
export function passingEvidence({ requirement }: ItemTemplate, now: string): EvidenceContent | null {
  switch (requirement?.kind) {
    case "measurement":
      return { kind: "measurement", values: { [requirement.metric]: requirement.atLeast } };
    case "slo":
      return {
        kind: "measurement",
        values: Object.fromEntries(
          requirement.metrics.map((metric) => [metric, DEFAULT_SLO_TARGETS[metric] / 2]),
        ),
      };
    case "rotation":
      return {
        kind: "rotation",
        rotatedOn: Object.fromEntries(requirement.classes.map(({ key }) => [key, now.slice(0, 10)])),
      };
    case "fresh-time":
      return { kind: "time", at: now };
    case "proof":
      return { kind: "link", url: "https://ci.example.com/1", title: null };
    default:
      return null;
  }
}

/** What a view shows of a record besides, where there is nothing. */
export const NOTHING_AROUND = {
  teamName: "Payments",
  stoneSeq: null,
  successorId: null,
  checkGroups: [],
  checksChanged: {},
  checkRuns: [],
  mandates: [],
  freezes: [],
};
