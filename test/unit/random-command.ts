import fc from "fast-check";
import { answerRejection, rejectApproval } from "#lib/domain/approvals.ts";
import { requestBreakGlass, reviewBreakGlass, withdrawBreakGlass } from "#lib/domain/break-glass.ts";
import { allItems } from "#lib/domain/checklist.ts";
import { addEvidence, checkItem, clearItem, waiveItem } from "#lib/domain/checklist-items.ts";
import { addComment, deleteComment, editComment } from "#lib/domain/comments.ts";
import { changeDetails } from "#lib/domain/details.ts";
import { setDue } from "#lib/domain/dues.ts";
import { assignItems } from "#lib/domain/owners.ts";
import { liftFreeze } from "#lib/domain/freezes.ts";
import { laterBy, MINUTE } from "#lib/domain/time.ts";
import { completePhase, reopenPhase, startPhase } from "#lib/domain/phases.ts";
import { APPROVER_ROLES } from "#lib/domain/roles.ts";
import { cancelDeployment, triggerRollback } from "#lib/domain/rollback.ts";
import { awaitedSteps, signersOf, standingApprovals } from "#lib/domain/sign-off.ts";
import type { PhaseTemplate, SignOffStep, Template } from "#lib/domain/template.ts";
import { PRODUCTION_TEMPLATE } from "#lib/domain/templates/production.ts";
import { CAST, person } from "#test/support/people.ts";
import type { TestRecord } from "#test/support/records.ts";
import { approval, confirmation, mandateFrom, passingEvidence } from "#test/support/records.ts";

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
export const SMALL = shortened(PRODUCTION_TEMPLATE);
/** The sign-off as it always was, and one with a quorum and steps side by side. */
export const SIGN_OFFS: readonly (readonly SignOffStep[])[] = [
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
export const command = fc.oneof(
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
  weighted(
    1,
    fc.tuple(item, who, who).map(([key, owner, by]) => assign(key, owner, by)),
  ),
  weighted(
    1,
    fc.tuple(item, fc.boolean()).map(
      ([key, given]) =>
        (r: TestRecord) =>
          r.try(CAST.lead, setDue([key], given ? r.now : null)),
    ),
  ),
  weighted(
    1,
    fc.tuple(fc.integer({ min: -30, max: 30 }), fc.integer({ min: 1, max: 240 })).map(
      ([from, minutes]) =>
        (r: TestRecord) =>
          freezeFor(r, from, minutes),
    ),
  ),
  weighted(
    1,
    fc
      .tuple(item, fc.constantFrom(CAST.engineer, CAST.sre), fc.constantFrom("add", "edit", "delete"))
      .map(([key, by, what]) => talk(key, by, what)),
  ),
  weighted(
    1,
    fc.constant((r: TestRecord) => ((r.freezes = r.freezes.slice(1)), null)),
  ),
  weighted(
    1,
    fc.tuple(lead, fc.nat({ max: 3 })).map(
      ([by, which]) =>
        (r: TestRecord) =>
          r.try(by, liftFreeze(by, r.freezes[which]?.id ?? "none", "reason")),
    ),
  ),
  weighted(6, fc.constant(settleOpenPhase)),
  weighted(6, fc.constant(signNext)),
);

function assign(key: string, { id, name }: (typeof PEOPLE)[number], by: (typeof PEOPLE)[number]) {
  return (record: TestRecord): string | null =>
    record.try(by, assignItems([key], { id, name }, { id: by.id, assignsAnybody: LEADS.includes(by) }));
}

/** Says something, or edits or takes back what was said first of all, which is mostly somebody else's. */
function talk(key: string, by: (typeof PEOPLE)[number], what: "add" | "edit" | "delete") {
  return (record: TestRecord): string | null => {
    const first = record.deployment.comments[0]?.id ?? "none";
    const said = { text: `At ${record.now}`, mentions: [by.id] };
    if (what === "add") return record.try(by, addComment(`comment-${record.events.length}`, key, said));
    return record.try(
      by,
      what === "edit" ? editComment(first, said, by.id) : deleteComment(first, by.id, false),
    );
  };
}

/** A window that began so many minutes from now, or will. */
function freezeFor(record: TestRecord, from: number, minutes: number): null {
  const startsAt = laterBy(record.now, from * MINUTE);
  const endsAt = laterBy(startsAt, minutes * MINUTE);
  const window = { id: `freeze-${Math.abs(from)}-${record.freezes.length}-${record.now}`, environment: null };
  record.freezes = [...record.freezes, { ...window, startsAt, endsAt, reason: "reason" }];
  return null;
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

export function phaseOf(itemKey: string): string | undefined {
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
