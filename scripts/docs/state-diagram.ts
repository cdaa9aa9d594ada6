import { toEventActor, type Actor } from "#lib/domain/actor.ts";
import { answerRejection, grantApproval, rejectApproval } from "#lib/domain/approvals.ts";
import { confirmBreakGlass, requestBreakGlass } from "#lib/domain/break-glass.ts";
import { breakGlassState, pendingBreakGlass } from "#lib/domain/break-glass-request.ts";
import { decideChange, type Decide } from "#lib/domain/change.ts";
import { chooseChecklist } from "#lib/domain/checklist.ts";
import type { Deployment } from "#lib/domain/deployment.ts";
import { open } from "#lib/domain/evolve.ts";
import { completePhase, reopenPhase, startPhase } from "#lib/domain/phases.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { APPROVER_ROLES } from "#lib/domain/roles.ts";
import { cancelDeployment, triggerRollback } from "#lib/domain/rollback.ts";
import { STATUS_TITLES, STATUSES, statusOf, type Status } from "#lib/domain/status.ts";
import { PRODUCTION_TEMPLATE } from "#lib/domain/templates/production.ts";
import type { Template } from "#lib/domain/template.ts";

/** The states of a record and what leads from one to another, found by trying every verb in each. */
export function stateDiagram(): string {
  const found = explore();
  const lines = [...found].toSorted().map((edge) => `  ${edge}`);
  const names = STATUSES.map((status) => `  ${idOf(status)} : ${STATUS_TITLES[status].replace(":", ",")}`);
  return [
    "# The states of a deployment",
    "",
    "Found by trying every verb in every state of the rules in `lib/domain`, with the sign-off before T-0; break glass (rule 8) leads past a sign-off that is not complete. Verbs that leave a record in its state are left out.",
    "",
    "```mermaid",
    "stateDiagram-v2",
    ...names,
    "  [*] --> in_progress",
    ...lines,
    "```",
    "",
  ].join("\n");
}

const AT = "2026-01-01T00:00:00.000Z";
const person = (id: string, roles: Actor["grants"]): Actor => ({
  kind: "person",
  id,
  name: id,
  grants: roles,
});
const LEAD = person("lead", [{ role: "team-lead", teamId: null }]);
const SIGNERS = APPROVER_ROLES.map((role) => ({ role, actor: person(role, [{ role, teamId: null }]) }));
const EMPTY = withoutItems(PRODUCTION_TEMPLATE);
const PHASES = [...EMPTY.phases.map(({ key }) => key), EMPTY.rollback.key];

type Verb = { readonly name: string; readonly actor: Actor; readonly decide: Decide };

const VERBS: readonly Verb[] = [
  ...PHASES.map((key) => ({ name: "complete phase", actor: LEAD, decide: completePhase(key) })),
  ...PHASES.map((key) => ({ name: "start phase (T-0)", actor: LEAD, decide: startPhase(key) })),
  ...PHASES.map((key) => ({ name: "reopen phase", actor: LEAD, decide: reopenPhase(key, "reason") })),
  ...SIGNERS.map(({ role, actor }) => ({
    name: "approve",
    actor,
    decide: grantApproval(actor, { role, digest: "", contentDigest: "", proof: "password" }, null),
  })),
  ...SIGNERS.map(({ role, actor }) => ({
    name: "reject",
    actor,
    decide: rejectApproval(actor, { role, digest: "", contentDigest: "", proof: "password" }, "reason"),
  })),
  {
    name: "answer",
    actor: LEAD,
    decide: (record, now, freezes) => answerRejection("answer", record.signOffRound)(record, now, freezes),
  },
  ...PHASES.map((key) => ({
    name: "ask to break glass",
    actor: LEAD,
    decide: requestBreakGlass(key, "reason", []),
  })),
  ...SIGNERS.map(({ role, actor }) => ({ name: "break glass", actor, decide: confirmation(actor, role) })),
  { name: "roll back", actor: LEAD, decide: triggerRollback("reason") },
  { name: "cancel", actor: LEAD, decide: cancelDeployment("reason") },
];

function explore(): ReadonlySet<string> {
  const edges = new Set<string>();
  const seen = new Set<string>();
  const queue: Deployment[] = [newRecord()];
  for (let record = queue.shift(); record !== undefined; record = queue.shift()) {
    for (const { name, actor, decide } of VERBS) {
      const after = attempt(record, actor, decide);
      if (after === null) continue;
      const [from, to] = [statusOf(record), statusOf(after)];
      if (from !== to) edges.add(`${idOf(from)} --> ${idOf(to)}: ${name}${byForce(record, after)}`);
      const shape = shapeOf(after);
      if (!seen.has(shape)) queue.push(after);
      seen.add(shape);
    }
  }
  return edges;
}

function confirmation(actor: Actor, role: (typeof APPROVER_ROLES)[number]): Decide {
  return (deployment, now) => {
    const request = pendingBreakGlass(deployment.breakGlass)?.request ?? 0;
    const signature = { request, role, digest: "", currentDigest: "", proof: "password" as const };
    return confirmBreakGlass(actor, signature, [])(deployment, now, []);
  };
}

function byForce(before: Deployment, after: Deployment): string {
  const used = ({ breakGlass }: Deployment) => breakGlass.filter((glass) => glass.used !== null).length;
  return used(after) > used(before) ? " by break glass" : "";
}

function attempt(record: Deployment, actor: Actor, decide: Decide): Deployment | null {
  try {
    return decideChange(record, [decide], actor, AT, []).after;
  } catch (error) {
    if (error instanceof Rejection) return null;
    throw error;
  }
}

function newRecord(): Deployment {
  const slo = EMPTY.sloTargets;
  const details = {
    version: "1",
    commit: "abcdef0",
    environment: "production",
    deploymentAt: AT,
    deployedBy: { id: "deployer", name: "Deployer" },
    links: [],
    slo,
  };
  return open("record", {
    type: "deployment.opened",
    seq: 1,
    at: AT,
    actor: toEventActor(LEAD),
    data: {
      teamId: "team",
      service: { id: "service", name: "service" },
      predecessorId: null,
      details,
      checklist: chooseChecklist(EMPTY, [], "go-no-go"),
      relaxations: { openerMaySign: false, deployerMaySign: false, mayHoldSeveralRoles: false },
    },
  });
}

// What tells two records apart for these rules: phases, standing approvals, rollback, end, break glass.
function shapeOf({ phases, approvals, rollback, ended, t0At, breakGlass }: Deployment): string {
  const standing = approvals
    .filter(({ voided }) => voided === null)
    .map(({ role, decision }) => role + decision);
  return JSON.stringify([
    Object.entries(phases).map(([key, { completed }]) => [key, completed !== null]),
    standing,
    rollback !== null,
    ended?.outcome,
    t0At,
    [breakGlassState(breakGlass), pendingBreakGlass(breakGlass)?.phase],
  ]);
}

function withoutItems(template: Template): Template {
  return {
    ...template,
    phases: template.phases.map((phase) => ({ ...phase, sections: [] })),
    rollback: { ...template.rollback, sections: [] },
  };
}

function idOf(status: Status): string {
  return status.replaceAll("-", "_");
}
