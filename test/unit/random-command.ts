import fc from "fast-check";
import { answerRejection } from "#lib/domain/approvals.ts";
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
import { CAST, person } from "#test/support/people.ts";
import type { TestRecord } from "#test/support/records.ts";
import { approval, confirmation, mandateFrom, passingEvidence, rejection } from "#test/support/records.ts";
import { SMALL } from "./small-template.ts";

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
type Person = (typeof PEOPLE)[number];
const PHASES = [...SMALL.phases.map(({ key }) => key), "rollback", "close-out", "nonsense"];
const ITEMS = [...SMALL.phases, SMALL.rollback].flatMap((phase) =>
  phase.sections.flatMap(({ items }) => items.map(({ key }) => key)),
);

const item = fc.constantFrom(...ITEMS);
const phase = fc.constantFrom(...PHASES);
const who = fc.constantFrom(...PEOPLE);
const role = fc.constantFrom(...APPROVER_ROLES);
const lead = fc.constantFrom(...LEADS);
const nothing = fc.constant(null);

/** What somebody does with a record, once in so many tries; answers with the refusal's code, or null. */
function deed<T>(
  weight: number,
  drawn: fc.Arbitrary<T>,
  run: (record: TestRecord, value: T) => string | null,
): fc.WeightedArbitrary<(record: TestRecord) => string | null> {
  return { weight, arbitrary: drawn.map((value) => (record: TestRecord) => run(record, value)) };
}

/** Anything anybody could try, most of it wrong; the last two make headway, so that all phases are seen. */
export const command = fc.oneof(
  deed(4, item, (r, key) => r.try(CAST.engineer, checkItem(key))),
  deed(1, item, (r, key) => r.try(CAST.engineer, clearItem(key))),
  deed(
    1,
    item,
    (r, key) => r.try(CAST.lead, waiveItem(key, "reason", true)) ?? r.try(CAST.engineer, clearItem(key)),
  ),
  deed(1, fc.tuple(item, fc.boolean(), fc.boolean()), (r, [key, reason, asLead]) =>
    r.try(CAST.lead, waiveItem(key, reason ? "reason" : null, asLead)),
  ),
  deed(1, item, (r, key) => r.try(CAST.engineer, evidenceFor(r, key))),
  deed(2, phase, (r, key) => r.try(CAST.engineer, completePhase(key))),
  deed(1, phase, (r, key) => r.try(CAST.engineer, startPhase(key))),
  deed(1, phase, (r, key) => r.try(CAST.lead, reopenPhase(key, "reason"))),
  deed(3, fc.tuple(who, role), (r, [signer, as]) => r.try(signer, approval(r, as, signer))),
  deed(1, fc.tuple(who, role), (r, [signer, as]) => r.try(signer, rejection(r, as, signer, "reason"))),
  deed(1, nothing, (r) => r.try(CAST.lead, answerRejection("answer", r.deployment.signOffRound))),
  deed(1, fc.integer({ min: 0, max: 9 }), (r, n) => r.try(CAST.lead, changeDetails({ version: `1.0.${n}` }))),
  deed(1, nothing, (r) => r.try(CAST.engineer, triggerRollback("reason"))),
  deed(1, nothing, (r) => r.try(CAST.lead, cancelDeployment("reason"))),
  deed(2, fc.integer({ min: 1, max: 70 }), (r, minutes) => (r.wait(minutes), null)),
  deed(2, fc.tuple(who, who, role), (r, [from, to, as]) =>
    r.try(to, approval(r, as, to, mandateFrom(from, to, as))),
  ),
  deed(1, fc.tuple(lead, phase), (r, [by, key]) => r.try(by, requestBreakGlass(key, "reason", []))),
  deed(1, fc.tuple(who, role, fc.constantFrom("same", "another")), (r, [by, as, digest]) =>
    r.try(by, confirmation(r, by, as, digest)),
  ),
  deed(1, lead, (r, by) => r.try(by, withdrawBreakGlass(newestRequest(r)))),
  deed(1, who, (r, by) => r.try(by, review(r, by))),
  deed(1, fc.tuple(lead, fc.constantFrom(...APPROVERS)), (r, [by, confirmer]) => forceNext(r, by, confirmer)),
  deed(1, fc.tuple(item, who, who), (r, [key, owner, by]) => assign(r, key, owner, by)),
  deed(1, fc.tuple(item, fc.boolean()), (r, [key, given]) =>
    r.try(CAST.lead, setDue([key], given ? r.now : null)),
  ),
  deed(
    1,
    fc.tuple(fc.integer({ min: -30, max: 30 }), fc.integer({ min: 1, max: 240 })),
    (r, [from, minutes]) => freezeFor(r, from, minutes),
  ),
  deed(
    1,
    fc.tuple(item, fc.constantFrom(CAST.engineer, CAST.sre), fc.constantFrom("add", "edit", "delete")),
    (r, [key, by, what]) => talk(r, key, by, what),
  ),
  deed(1, nothing, (r) => ((r.freezes = r.freezes.slice(1)), null)),
  deed(1, fc.tuple(lead, fc.nat({ max: 3 })), (r, [by, which]) =>
    r.try(by, liftFreeze(by, r.freezes[which]?.id ?? "none", "reason")),
  ),
  deed(6, nothing, settleOpenPhase),
  deed(6, nothing, signNext),
);

function assign(record: TestRecord, key: string, { id, name }: Person, by: Person): string | null {
  return record.try(by, assignItems([key], { id, name }, { id: by.id, assignsAnybody: LEADS.includes(by) }));
}

/** Says something, or edits or takes back what was said first of all, which is mostly somebody else's. */
function talk(record: TestRecord, key: string, by: Person, what: "add" | "edit" | "delete"): string | null {
  const first = record.deployment.comments[0]?.id ?? "none";
  const said = { text: `At ${record.now}`, mentions: [by.id] };
  if (what === "add") return record.try(by, addComment(`comment-${record.events.length}`, key, said));
  return record.try(
    by,
    what === "edit" ? editComment(first, said, by.id) : deleteComment(first, by.id, false),
  );
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
function forceNext(record: TestRecord, by: Person, confirmer: Person): null {
  for (const key of PHASES) record.try(by, requestBreakGlass(key, "reason", []));
  for (const as of APPROVER_ROLES) record.try(confirmer, confirmation(record, confirmer, as));
  for (const key of PHASES) record.try(CAST.engineer, startPhase(key));
  return null;
}

function review(record: TestRecord, by: Person) {
  const { request } = record.deployment.breakGlass.find((glass) => glass.review === null) ?? { request: 0 };
  return reviewBreakGlass(by, request, { conclusion: "justified", finding: "reason" });
}

function newestRequest(record: TestRecord): number {
  return record.deployment.breakGlass.at(-1)?.request ?? 0;
}

function evidenceFor(record: TestRecord, key: string) {
  const place = allItems(record.deployment.checklist).find((candidate) => candidate.item.key === key);
  const content = place && passingEvidence(place.item, record.now);
  return addEvidence(key, `evidence-${record.events.length}`, content ?? { kind: "note", text: "seen" });
}
