import fc from "fast-check";
import { expect, test } from "vitest";
import { answerRejection, rejectApproval } from "#lib/domain/approvals.ts";
import { requestBreakGlass, reviewBreakGlass, withdrawBreakGlass } from "#lib/domain/break-glass.ts";
import { allItems } from "#lib/domain/checklist.ts";
import { addEvidence, checkItem, clearItem, waiveItem } from "#lib/domain/checklist-items.ts";
import { changeDetails } from "#lib/domain/details.ts";
import type { DeploymentEvent } from "#lib/domain/events.ts";
import { replay } from "#lib/domain/evolve.ts";
import { completePhase, reopenPhase, startPhase } from "#lib/domain/phases.ts";
import { APPROVER_ROLES } from "#lib/domain/roles.ts";
import { cancelDeployment, triggerRollback } from "#lib/domain/rollback.ts";
import { awaitedSteps, signersOf, standingApprovals } from "#lib/domain/sign-off.ts";
import type { PhaseTemplate, SignOffStep, Template } from "#lib/domain/template.ts";
import { PRODUCTION_TEMPLATE } from "#lib/domain/templates/production.ts";
import { CAST, person } from "#test/support/people.ts";
import { approval, confirmation, mandateFrom, passingEvidence, TestRecord } from "#test/support/records.ts";

const MORE = {
  lead: person("Lars", "team-lead"),
  security: person("Selma", "security"),
  sre: person("Sven", "devops-sre"),
};
const LEADS = [CAST.lead, MORE.lead];
const APPROVERS = [CAST.engineeringLead, CAST.sre, CAST.security, CAST.product, MORE.security, MORE.sre];
const PEOPLE = [
  ...Object.values(CAST),
  ...Object.values(MORE),
  { ...CAST.sre, grants: APPROVER_ROLES.map((role) => ({ role, teamId: null })) },
];
const SMALL = shortened(PRODUCTION_TEMPLATE);
/** The sign-off as it always was, and one with a quorum and steps side by side. */
const SIGN_OFFS: readonly (readonly SignOffStep[])[] = [
  SMALL.signOff.steps,
  [
    { role: "security", title: "Security", quorum: 2 },
    { role: "devops-sre", title: "DevOps/SRE", withPrevious: true },
    { role: "product", title: "Product" },
  ],
];
const PHASES = [...SMALL.phases.map(({ key }) => key), "rollback", "close-out", "nonsense"];
const ITEMS = [...SMALL.phases, SMALL.rollback].flatMap((phase) =>
  phase.sections.flatMap(({ items }) => items.map(({ key }) => key)),
);

const item = fc.constantFrom(...ITEMS);
const phase = fc.constantFrom(...PHASES);
const who = fc.constantFrom(...PEOPLE);
const role = fc.constantFrom(...APPROVER_ROLES);
const lead = fc.constantFrom(...LEADS);
const weighted = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });

/** Anything anybody could try, most of it wrong; the last three make headway, so that all phases are seen. */
const command = fc.oneof(
  weighted(
    4,
    fc.tuple(item).map(
      ([key]) =>
        (r: TestRecord) =>
          r.try(CAST.engineer, checkItem(key)),
    ),
  ),
  weighted(
    1,
    fc.tuple(item).map(
      ([key]) =>
        (r: TestRecord) =>
          r.try(CAST.engineer, clearItem(key)),
    ),
  ),
  weighted(
    1,
    fc.tuple(item).map(
      ([key]) =>
        (r: TestRecord) =>
          r.try(CAST.lead, waiveItem(key, "reason", true)) ?? r.try(CAST.engineer, clearItem(key)),
    ),
  ),
  weighted(
    1,
    fc.tuple(item, fc.boolean(), fc.boolean()).map(
      ([key, reason, asLead]) =>
        (r: TestRecord) =>
          r.try(CAST.lead, waiveItem(key, reason ? "reason" : null, asLead)),
    ),
  ),
  weighted(
    1,
    fc.tuple(item).map(
      ([key]) =>
        (r: TestRecord) =>
          r.try(CAST.engineer, evidenceFor(r, key)),
    ),
  ),
  weighted(
    2,
    phase.map((key) => (r: TestRecord) => r.try(CAST.engineer, completePhase(key))),
  ),
  weighted(
    1,
    phase.map((key) => (r: TestRecord) => r.try(CAST.engineer, startPhase(key))),
  ),
  weighted(
    1,
    phase.map((key) => (r: TestRecord) => r.try(CAST.lead, reopenPhase(key, "reason"))),
  ),
  weighted(
    3,
    fc.tuple(who, role).map(
      ([signer, as]) =>
        (r: TestRecord) =>
          r.try(signer, approval(r, as, signer)),
    ),
  ),
  weighted(
    1,
    fc.tuple(who, role).map(
      ([signer, as]) =>
        (r: TestRecord) =>
          r.try(signer, rejection(r, signer, as)),
    ),
  ),
  weighted(
    1,
    fc.constant((r: TestRecord) => r.try(CAST.lead, answerRejection("answer"))),
  ),
  weighted(
    1,
    fc
      .integer({ min: 0, max: 9 })
      .map((n) => (r: TestRecord) => r.try(CAST.lead, changeDetails({ version: `1.0.${n}` }))),
  ),
  weighted(
    1,
    fc.constant((r: TestRecord) => r.try(CAST.engineer, triggerRollback("reason"))),
  ),
  weighted(
    1,
    fc.constant((r: TestRecord) => r.try(CAST.lead, cancelDeployment("reason"))),
  ),
  weighted(
    2,
    fc.integer({ min: 1, max: 70 }).map((minutes) => (r: TestRecord) => (r.wait(minutes), null)),
  ),
  weighted(
    2,
    fc.tuple(who, who, role).map(
      ([from, to, as]) =>
        (r: TestRecord) =>
          r.try(to, approval(r, as, to, mandateFrom(from, to, as))),
    ),
  ),
  weighted(
    1,
    fc.tuple(lead, phase).map(
      ([by, key]) =>
        (r: TestRecord) =>
          r.try(by, requestBreakGlass(key, "reason", [])),
    ),
  ),
  weighted(
    1,
    fc.tuple(who, role, fc.constantFrom("same", "another")).map(
      ([by, as, digest]) =>
        (r: TestRecord) =>
          r.try(by, confirmation(r, by, as, digest)),
    ),
  ),
  weighted(
    1,
    lead.map((by) => (r: TestRecord) => r.try(by, withdrawBreakGlass(newestRequest(r)))),
  ),
  weighted(
    1,
    who.map((by) => (r: TestRecord) => r.try(by, review(r, by))),
  ),
  weighted(
    1,
    fc.tuple(lead, fc.constantFrom(...APPROVERS)).map(([by, confirmer]) => forceNext(by, confirmer)),
  ),
  weighted(6, fc.constant(settleOpenPhase)),
  weighted(6, fc.constant(signNext)),
);

test("1,000 random sequences of 50 commands never reach an illegal state, and replay to the same one", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(
      fc.array(command, { minLength: 50, maxLength: 50 }),
      fc.constantFrom("go-no-go" as const, "close-out" as const),
      fc.constantFrom(...SIGN_OFFS),
      (commands, place, steps) => {
        const record = new TestRecord({ template: SMALL, place, steps });
        const watch = new Watch(steps);
        for (const run of commands) {
          const before = record.events.length;
          const refusal = run(record);
          if (refusal !== null) expect(record.events.length, "a refused command leaves nothing").toBe(before);
          for (const event of record.events.slice(before)) watch.see(event, record);
          watch.check(record);
        }
        expect(replay("record", record.events)).toEqual(record.deployment);
        for (const { type } of record.events) seen.add(type);
      },
    ),
    // A seed that reaches every kind of event; FC_SEED=… tries others.
    { numRuns: 1_000, seed: Number(process.env.FC_SEED ?? 20_261_124) },
  );
  expect([...seen].toSorted(), "the commands reach every kind of event").toEqual([
    "approval.granted",
    "approval.rejected",
    "break-glass.confirmed",
    "break-glass.lapsed",
    "break-glass.requested",
    "break-glass.reviewed",
    "break-glass.withdrawn",
    "deployment.cancelled",
    "deployment.completed",
    "deployment.details-changed",
    "deployment.opened",
    "deployment.rolled-back",
    "evidence.added",
    "item.checked",
    "item.unchecked",
    "item.waived",
    "item.waiver-withdrawn",
    "phase.completed",
    "phase.left-incomplete",
    "phase.reopened",
    "phase.started",
    "rejection.answered",
    "rollback.triggered",
    "sign-off.voided",
  ]);
}, 120_000);

/** A second, slower notion of what is legal, kept apart from the rules under test. */
class Watch {
  completed: string[] = [];
  signed: { role: string; people: string[]; content: string }[] = [];
  glass: { request: number; phase: string; people: string[]; confirmed: boolean } | null = null;
  broken = new Map<number, string[]>();
  /** Whether break glass began the phase that the approvals stand before. */
  forcedThrough = false;
  rejected = false;
  ended = false;
  rollingBack = false;
  t0 = false;

  readonly steps: readonly SignOffStep[];

  constructor(steps: readonly SignOffStep[]) {
    this.steps = steps;
  }

  see(event: DeploymentEvent, record: TestRecord): void {
    if (event.type !== "break-glass.reviewed" && event.type !== "break-glass.lapsed")
      expect(this.ended, `${event.type} after the end`).toBe(false);
    const order = SMALL.phases.map(({ key }) => key);
    const { signOff } = record.deployment.checklist;
    switch (event.type) {
      case "item.checked":
      case "item.unchecked":
      case "item.waived":
      case "item.waiver-withdrawn":
      case "evidence.added":
        expect(phaseOf(event.data.item), "only the open phase changes").toBe(
          this.rollingBack ? "rollback" : order[this.completed.length],
        );
        break;
      case "phase.completed":
        if (event.data.phase === "rollback") expect(this.rollingBack).toBe(true);
        else {
          expect(event.data.phase).toBe(order[this.completed.length]);
          this.completed.push(event.data.phase);
        }
        break;
      case "phase.left-incomplete":
        expect(event.data.phase).toBe(order[this.completed.length]);
        expect(this.glass?.confirmed, "only broken glass leaves a phase behind").toBe(true);
        this.completed.push(event.data.phase);
        break;
      case "phase.started":
        expect(event.data.phase).toBe(order[this.completed.length]);
        if (event.data.overridden !== undefined) {
          expect(event.data.overridden, "something was in the way").not.toEqual([]);
          expect(this.glass).toMatchObject({ phase: event.data.phase, confirmed: true });
          expect(event.data.request).toBe(this.glass?.request);
          this.broken.get(event.data.request ?? 0)?.push(event.actor.id);
          this.glass = null;
        }
        if (event.data.atT0) {
          this.t0 = true;
          this.forcedThrough = event.data.overridden !== undefined;
          if (signOff.place === "go-no-go" && !this.forcedThrough) this.expectAllSigned();
        }
        break;
      case "break-glass.requested":
        expect(this.glass, "one request at a time").toBeNull();
        expect(event.data.blockers).not.toEqual([]);
        this.glass = {
          request: event.seq,
          phase: event.data.phase,
          people: [event.actor.id],
          confirmed: false,
        };
        break;
      case "break-glass.confirmed":
        expect(this.glass?.confirmed).toBe(false);
        expect([...(this.glass?.people ?? []), CAST.lead.id, CAST.engineer.id]).not.toContain(event.actor.id);
        if (this.glass === null) break;
        this.glass.confirmed = true;
        this.broken.set(this.glass.request, [...this.glass.people, event.actor.id]);
        break;
      case "break-glass.withdrawn":
      case "break-glass.lapsed":
        expect(this.glass?.request).toBe(event.data.request);
        this.glass = null;
        break;
      case "break-glass.reviewed":
        expect(this.glass?.request).not.toBe(event.data.request);
        expect(this.broken.get(event.data.request)).toBeDefined();
        expect(this.broken.get(event.data.request)).not.toContain(event.actor.id);
        this.broken.delete(event.data.request);
        break;
      case "phase.reopened":
        expect(this.completed).toContain(event.data.phase);
        this.completed = this.completed.slice(0, this.completed.indexOf(event.data.phase));
        break;
      case "approval.granted":
        expect(this.rejected).toBe(false);
        this.seeApproval(event.data.role, [event.actor.id, event.data.for?.id ?? event.actor.id]);
        this.signed.push({
          role: event.data.role,
          people: [event.actor.id, event.data.for?.id ?? event.actor.id],
          content: event.data.digest,
        });
        break;
      case "approval.rejected":
        this.rejected = true;
        break;
      case "sign-off.voided":
        this.signed = [];
        break;
      case "rejection.answered":
        this.rejected = false;
        this.signed = [];
        break;
      case "rollback.triggered":
        expect(this.t0).toBe(true);
        this.rollingBack = true;
        break;
      case "deployment.cancelled":
        expect(this.t0).toBe(false);
        this.ended = true;
        break;
      case "deployment.completed":
        expect(this.completed).toEqual(order);
        if (signOff.place === "close-out" || !this.forcedThrough) this.expectAllSigned();
        this.ended = true;
        break;
      case "deployment.rolled-back":
        this.ended = true;
        break;
      default:
    }
  }

  /** One voice a person, nobody bound by duty, and no role before those that come first. */
  seeApproval(as: string, people: readonly string[]): void {
    for (const id of people) {
      expect([CAST.lead.id, CAST.engineer.id]).not.toContain(id);
      expect(this.signed.flatMap((approvalSeen) => approvalSeen.people)).not.toContain(id);
    }
    const place = this.steps.findIndex((step) => step.role === as);
    expect(place).toBeGreaterThanOrEqual(0);
    expect(this.countOf(as)).toBeLessThan(this.steps[place]?.quorum ?? 1);
    let stageStart = place;
    while (stageStart > 0 && this.steps[stageStart]?.withPrevious === true) stageStart -= 1;
    for (const before of this.steps.slice(0, stageStart)) {
      expect(this.countOf(before.role), `${as} after ${before.role}`).toBe(before.quorum ?? 1);
    }
  }

  expectAllSigned(): void {
    for (const step of this.steps) expect(this.countOf(step.role)).toBe(step.quorum ?? 1);
  }

  countOf(as: string): number {
    return this.signed.filter((approvalSeen) => approvalSeen.role === as).length;
  }

  check(record: TestRecord): void {
    const { deployment } = record;
    const beforeGate =
      deployment.checklist.signOff.place === "go-no-go"
        ? deployment.phases["deployment"]?.started == null
        : !this.ended;
    if (beforeGate)
      for (const { content } of this.signed)
        expect(content, "a standing approval is of what stands now").toBe(record.digest());
    expect(deployment.revision).toBe(record.events.length);
    expect(deployment.ended !== null).toBe(this.ended);
  }
}

function settleOpenPhase(record: TestRecord): string | null {
  const { deployment } = record;
  const open = deployment.rollback
    ? SMALL.rollback
    : SMALL.phases.find(({ key }) => deployment.phases[key]?.completed == null);
  for (const { items } of open?.sections ?? []) {
    for (const { key } of items) {
      if (deployment.items[key] !== undefined) continue;
      const refusal = record.try(CAST.engineer, evidenceFor(record, key));
      if (refusal !== null) return null;
      record.try(CAST.engineer, checkItem(key));
    }
  }
  if (open !== undefined) record.try(CAST.engineer, completePhase(open.key));
  return null;
}

function signNext(record: TestRecord): string | null {
  const as = awaitedSteps(record.deployment)[0]?.role;
  const signed = standingApprovals(record.deployment).flatMap(signersOf);
  const signer = APPROVERS.find(
    ({ id, grants }) => !signed.includes(id) && grants.some((grant) => grant.role === as),
  );
  return signer === undefined || as === undefined ? null : record.try(signer, approval(record, as, signer));
}

/** Asks, confirms and starts in one go, so that broken glass is seen at every gate. */
function forceNext(by: (typeof LEADS)[number], confirmer: (typeof APPROVERS)[number]) {
  return (record: TestRecord): string | null => {
    for (const key of PHASES) record.try(by, requestBreakGlass(key, "reason", []));
    for (const as of APPROVER_ROLES) record.try(confirmer, confirmation(record, confirmer, as));
    for (const key of PHASES) record.try(CAST.engineer, startPhase(key));
    return null;
  };
}

function review(record: TestRecord, by: (typeof PEOPLE)[number]) {
  const { request } = record.deployment.breakGlass.find((glass) => glass.review === null) ?? { request: 0 };
  return reviewBreakGlass(by, request, { conclusion: "justified", finding: "reason" });
}

function newestRequest(record: TestRecord): number {
  return record.deployment.breakGlass.at(-1)?.request ?? 0;
}

function rejection(record: TestRecord, signer: (typeof PEOPLE)[number], as: (typeof APPROVER_ROLES)[number]) {
  const digest = record.digest();
  return rejectApproval(signer, { role: as, digest, contentDigest: digest, proof: "password" }, "reason");
}

function evidenceFor(record: TestRecord, key: string) {
  const place = allItems(record.deployment.checklist).find((candidate) => candidate.item.key === key);
  const content = place && passingEvidence(place.item, record.now);
  return addEvidence(key, `evidence-${record.events.length}`, content ?? { kind: "note", text: "seen" });
}

function phaseOf(itemKey: string): string | undefined {
  return [...SMALL.phases, SMALL.rollback].find(({ sections }) =>
    sections.some(({ items }) => items.some(({ key }) => key === itemKey)),
  )?.key;
}

// Two items a section, the ones with requirements first: short enough for 50 commands to go far.
function shortened(template: Template): Template {
  const short = (source: PhaseTemplate): PhaseTemplate => ({
    ...source,
    sections: source.sections.slice(0, 3).map((section) => ({
      ...section,
      items: section.items
        .toSorted((a, b) => Number(b.requirement !== undefined) - Number(a.requirement !== undefined))
        .slice(0, 2),
    })),
  });
  return { ...template, phases: template.phases.map(short), rollback: short(template.rollback) };
}
