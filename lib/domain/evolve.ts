import type { BreakGlass } from "./break-glass-request.ts";
import type { Approval, Deployment, Ending, ItemState, PhaseState, Stamp } from "./deployment.ts";
import type { DeploymentEvent, DeploymentEventData } from "./events.ts";
import { evolveWork } from "./evolve-work.ts";

/** The record after an event. Replaying all events of a deployment gives exactly its state. */
export function evolve(deployment: Deployment, event: DeploymentEvent): Deployment {
  return { ...apply(deployment, event), revision: event.seq };
}

/** The record as its first event opens it: the first phase is open from the start. */
export function open(
  id: string,
  event: DeploymentEvent & { readonly type: "deployment.opened" },
): Deployment {
  const opened = stampOf(event);
  const firstPhase = event.data.checklist.phases[0]?.key;
  return {
    id,
    ...event.data,
    opened,
    revision: event.seq,
    t0At: null,
    phases: firstPhase === undefined ? {} : { [firstPhase]: { started: opened, completed: null } },
    items: {},
    owners: {},
    dues: {},
    comments: [],
    evidence: [],
    signOffRound: 1,
    approvals: [],
    rejectionAnswers: [],
    breakGlass: [],
    freezeLifts: [],
    rollback: null,
    ended: null,
    legalHold: null,
  };
}

/** Folds a whole history, oldest event first. */
export function replay(id: string, events: readonly DeploymentEvent[]): Deployment {
  const [first, ...rest] = events;
  if (first?.type !== "deployment.opened")
    throw new Error(`the history of ${id} does not begin with its opening`);
  return rest.reduce(evolve, open(id, first));
}

function apply(deployment: Deployment, event: DeploymentEvent): Deployment {
  const stamp = stampOf(event);
  switch (event.type) {
    case "deployment.opened":
      throw new Error("a deployment is opened once");
    case "deployment.details-changed":
      return { ...deployment, details: { ...deployment.details, ...event.data.to } };
    case "deployment.completed":
      return { ...deployment, ended: ending(stamp, "completed", null) };
    case "deployment.rolled-back":
      return { ...deployment, ended: ending(stamp, "rolled-back", deployment.rollback?.reason ?? null) };
    case "deployment.cancelled":
      return { ...deployment, ended: ending(stamp, "cancelled", event.data.reason) };
    case "phase.started":
      return {
        ...withUsedGlass(withPhase(deployment, event.data.phase, { started: stamp, completed: null }), event),
        t0At: event.data.atT0 ? event.at : deployment.t0At,
      };
    case "phase.left-incomplete":
      return withPhase(deployment, event.data.phase, { completed: stamp, leftIncomplete: true });
    case "phase.completed":
      return withPhase(deployment, event.data.phase, { completed: stamp });
    case "phase.reopened":
      return reopened(deployment, event.data.phase);
    case "item.checked":
      return withItem(deployment, event.data.item, { status: "done", settled: stamp });
    case "item.waived":
      return withItem(deployment, event.data.item, {
        status: "not-applicable",
        settled: stamp,
        reason: event.data.reason,
      });
    case "item.unchecked":
    case "item.waiver-withdrawn":
      return withoutItem(deployment, event.data.item);
    case "items.assigned":
    case "items.due-set":
    case "comment.added":
    case "comment.edited":
    case "comment.deleted":
      return evolveWork(deployment, event, stamp);
    case "evidence.added":
      return {
        ...deployment,
        evidence: [
          ...deployment.evidence,
          {
            id: event.data.evidenceId,
            itemKey: event.data.item,
            content: event.data.content,
            recorded: stamp,
            source: SOURCES[event.actor.kind],
            seq: event.seq,
            overruled: null,
          },
        ],
      };
    case "verdict.overruled":
      return {
        ...deployment,
        evidence: deployment.evidence.map((entry) =>
          entry.id === event.data.evidenceId
            ? { ...entry, overruled: { ...stamp, reason: event.data.reason } }
            : entry,
        ),
      };
    case "approval.granted":
      return withApproval(deployment, event, event.data, "approved", event.data.comment);
    case "approval.rejected":
      return withApproval(deployment, event, event.data, "rejected", event.data.reason);
    case "sign-off.voided":
      return nextRound(deployment, event.at, event.data.cause, ["approved"]);
    case "rejection.answered":
      return {
        ...nextRound(deployment, event.at, "A rejection was answered; the sign-off starts over.", [
          "approved",
          "rejected",
        ]),
        rejectionAnswers: [
          ...deployment.rejectionAnswers,
          { round: event.data.round, answered: stamp, answer: event.data.answer },
        ],
      };
    case "break-glass.requested":
      return withRequest(deployment, event);
    case "break-glass.confirmed": {
      const { role, meaning, digest, proof, blockers } = event.data;
      return withGlass(deployment, event.data.request, {
        confirmed: { ...stamp, role, meaning, digest, proof, blockers },
      });
    }
    case "break-glass.withdrawn":
      return withGlass(deployment, event.data.request, {
        closed: { at: event.at, cause: `${event.actor.name} withdrew it.` },
      });
    case "break-glass.lapsed":
      return withGlass(deployment, event.data.request, {
        closed: { at: event.at, cause: event.data.cause },
      });
    case "break-glass.reviewed": {
      const { conclusion, finding } = event.data;
      return withGlass(deployment, event.data.request, { review: { ...stamp, conclusion, finding } });
    }
    case "freeze.lifted": {
      const { freeze, reason } = event.data;
      const lift = { freeze, lifted: stamp, reason, seq: event.seq };
      return { ...deployment, freezeLifts: [...deployment.freezeLifts, lift] };
    }
    case "legal-hold.set":
      return { ...deployment, legalHold: { ...stamp, reason: event.data.reason } };
    case "legal-hold.lifted":
      return { ...deployment, legalHold: null };
    case "rollback.triggered":
      return { ...deployment, rollback: { ...stamp, ...event.data } };
  }
}

const SOURCES = { person: "person", token: "api", system: "system" } as const;

function stampOf(event: DeploymentEvent): Stamp {
  return { at: event.at, by: { id: event.actor.id, name: event.actor.name } };
}

function ending(stamp: Stamp, outcome: Ending["outcome"], reason: string | null): Ending {
  return { ...stamp, outcome, reason };
}

function withPhase(deployment: Deployment, key: string, change: Partial<PhaseState>): Deployment {
  const before = deployment.phases[key] ?? { started: null, completed: null };
  return { ...deployment, phases: { ...deployment.phases, [key]: { ...before, ...change } } };
}

function reopened(deployment: Deployment, key: string): Deployment {
  const order = deployment.checklist.phases.map((phase) => phase.key);
  const kept = order.slice(0, order.indexOf(key));
  const phases = Object.fromEntries(
    Object.entries(deployment.phases).filter(([phase]) => kept.includes(phase)),
  );
  const started = deployment.phases[key]?.started ?? null;
  return { ...deployment, phases: { ...phases, [key]: { started, completed: null } } };
}

function withRequest(
  deployment: Deployment,
  event: DeploymentEvent & { readonly type: "break-glass.requested" },
): Deployment {
  const { phase, title, reason } = event.data;
  const none = { confirmed: null, used: null, closed: null, review: null };
  const request = { request: event.seq, phase, title, requested: stampOf(event), reason, ...none };
  return { ...deployment, breakGlass: [...deployment.breakGlass, request] };
}

function withUsedGlass(
  deployment: Deployment,
  event: DeploymentEvent & { readonly type: "phase.started" },
): Deployment {
  const { request, overridden } = event.data;
  if (request === undefined || overridden === undefined) return deployment;
  return withGlass(deployment, request, { used: { ...stampOf(event), overridden } });
}

function withGlass(deployment: Deployment, request: number, change: Partial<BreakGlass>): Deployment {
  return {
    ...deployment,
    breakGlass: deployment.breakGlass.map((glass) =>
      glass.request === request ? { ...glass, ...change } : glass,
    ),
  };
}

function withItem(deployment: Deployment, key: string, state: ItemState): Deployment {
  return { ...deployment, items: { ...deployment.items, [key]: state } };
}

function withoutItem(deployment: Deployment, key: string): Deployment {
  const { [key]: _gone, ...items } = deployment.items;
  return { ...deployment, items };
}

function withApproval(
  deployment: Deployment,
  event: DeploymentEvent,
  data: DeploymentEventData["approval.granted" | "approval.rejected"],
  decision: "approved" | "rejected",
  comment: string | null,
): Deployment {
  const { round, role, meaning, digest, proof } = data;
  const { seq } = event;
  const signed = stampOf(event);
  const standsInFor = data.for ?? null;
  return {
    ...deployment,
    approvals: [
      ...deployment.approvals,
      { round, role, decision, signed, standsInFor, meaning, comment, digest, proof, voided: null, seq },
    ],
  };
}

function nextRound(
  deployment: Deployment,
  at: string,
  cause: string,
  voids: readonly Approval["decision"][],
): Deployment {
  return {
    ...deployment,
    signOffRound: deployment.signOffRound + 1,
    approvals: deployment.approvals.map((approval) =>
      approval.voided === null && voids.includes(approval.decision)
        ? { ...approval, voided: { at, cause } }
        : approval,
    ),
  };
}
