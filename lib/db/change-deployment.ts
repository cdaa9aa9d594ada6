import type { Actor, RoleGrant } from "#lib/domain/actor.ts";
import { decideChange, type Change, type Decide } from "#lib/domain/change.ts";
import type { Deployment, Instant } from "#lib/domain/deployment.ts";
import type { DeploymentEventType } from "#lib/domain/events.ts";
import { CLOSE_OUT } from "#lib/domain/gates.ts";
import { may, type Action } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { now } from "#lib/clock.ts";
import { askSoon } from "./job-queue.ts";
import { isCheckViolation } from "./errors.ts";
import { loadDeployment, type LoadedDeployment } from "./load-deployment.ts";
import { refuseOverweight } from "./record-weight.ts";
import { inTurn } from "./turns.ts";
import type { NewFile } from "./files.ts";
import { writeChange, type Beside } from "./write-deployment.ts";

const ATTEMPTS = 50;
/** What is signed into the log right away; everything else within the minute. */
const SEALED_AT_ONCE: ReadonlySet<string> = new Set<DeploymentEventType>([
  "approval.granted",
  "approval.rejected",
  "break-glass.confirmed",
  "deployment.completed",
  "deployment.rolled-back",
  "deployment.cancelled",
]);

/** The record to change; with `ifRevision` only while it is at that revision. */
export type DeploymentRef = { readonly deploymentId: string; readonly ifRevision?: number | undefined };

/** What to decide on a record, with whoever asks as they stand when their turn comes: rules ask that one's roles. */
export type DecideFor = (deployment: Deployment, by: Actor) => readonly Decide[];

/** `seen` are the phases, and `close-out`, whose gates live checks have just looked at: no other may be passed. */
export type ChangeOptions = { readonly file?: NewFile | null; readonly seen?: readonly string[] };

/** Refuses to pass a gate that no live check has looked at; `changeChecklist` looks, and tries again. */
export class UnseenGate extends Rejection {
  readonly deployment: Deployment;
  readonly phase: string;

  constructor(deployment: Deployment, phase: string) {
    super("gate-closed", "The gate has to be looked at first; try again");
    this.deployment = deployment;
    this.phase = phase;
  }
}

/**
 * The only door to a write on a deployment: loads the record, runs the rules, and writes facts and
 * events in one statement that names the revision it was decided on. If somebody else was first,
 * it begins again with what they left. A file that the events name is stored in the same statement.
 * The repeat of a request that took effect before changes nothing. Rejects with `signed-out`, `not-found`,
 * `forbidden`, `revision-changed`, or what a rule says.
 */
export async function changeDeployment(
  actor: Actor,
  ref: DeploymentRef,
  action: Action,
  decide: DecideFor,
  { file = null, seen = [] }: ChangeOptions = {},
): Promise<Change> {
  const claim = actor.claim ?? null;
  return inTurn(ref.deploymentId, actor.id, async () => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const before = await loadToChange(actor, ref, action);
      const { deployment, freezes, by } = before;
      if (claim?.tookEffect) return { after: deployment, events: [] };
      const at = notBefore(before.lastEventAt);
      const change = decideChange(deployment, decide(deployment, by), by, at, freezes);
      refuseBeginning(by, deployment, change, seen);
      if (change.events.length === 0) return change;
      if (before.weight !== null) refuseOverweight(before.weight, change, by);
      if (await written(before, change, { file, claim })) {
        if (change.events.some(({ type }) => SEALED_AT_ONCE.has(type))) await askSoon("seal-history");
        return change;
      }
    }
    throw new Rejection("conflict", "Too many others are changing this deployment right now; try again");
  });
}

// The clock of the server that wrote last may be ahead of this one's: a record's own history never goes back.
function notBefore(last: Instant): Instant {
  const at = now();
  return at < last ? last : at;
}

// A freeze that came in this moment refuses what was decided before it; the next attempt sees it.
async function written(before: LoadedDeployment, change: Change, beside: Beside): Promise<boolean> {
  try {
    return await writeChange(before, change, beside);
  } catch (error) {
    if (isCheckViolation(error, "deployments_not_in_freeze")) return false;
    throw error;
  }
}

// With the roles that they came with and hold still.
function standing(actor: Actor, held: readonly RoleGrant[] | null): Actor {
  if (actor.kind === "system") return actor;
  if (held === null)
    throw new Rejection("signed-out", "Your account, your session or your token has ended in this moment");
  const holds = ({ role, teamId }: RoleGrant) =>
    held.some((grant) => grant.role === role && grant.teamId === teamId);
  return { ...actor, grants: actor.grants.filter(holds) };
}

// A change may begin the phase it falls in, T-0 included: only for those who may begin one by itself.
// It passes, and the record ends through, gates alone that were looked at.
function refuseBeginning(
  actor: Actor,
  deployment: Deployment,
  { events }: Change,
  seen: readonly string[],
): void {
  const begun = events.flatMap((event) => (event.type === "phase.started" ? [event.data.phase] : []));
  if (begun.length > 0 && !may(actor, "phase.start", deployment.teamId)) {
    throw new Rejection("forbidden", "This would begin a phase, which you may not do");
  }
  const passed = events.some(({ type }) => type === "deployment.completed") ? [...begun, CLOSE_OUT] : begun;
  const unseen = passed.find((gate) => !seen.includes(gate));
  if (unseen !== undefined) throw new UnseenGate(deployment, unseen);
}

/**
 * The record, for whoever may do this to it (`by`): while their account, session or token stands, by the roles
 * that they came with and hold still, however long they waited. Rejects with `signed-out`, `not-found`,
 * `forbidden` or `revision-changed`.
 */
export async function loadToChange(
  actor: Actor,
  { deploymentId, ifRevision }: DeploymentRef,
  action: Action,
): Promise<LoadedDeployment & { readonly by: Actor }> {
  const loaded = await loadDeployment(deploymentId, { asker: actor, weighed: true });
  const by = loaded === null ? null : standing(actor, loaded.held);
  if (loaded === null || by === null || !may(by, "deployment.view", loaded.deployment.teamId)) {
    throw new Rejection("not-found", "There is no such deployment");
  }
  if (loaded.stoneSeq !== null) {
    throw new Rejection(
      "content-removed",
      "The content of this record has been removed; nothing changes any more",
    );
  }
  if (!may(by, action, loaded.deployment.teamId)) {
    throw new Rejection("forbidden", "Your roles on this team do not allow this");
  }
  if (ifRevision !== undefined && ifRevision !== loaded.deployment.revision) {
    throw new Rejection("revision-changed", `The record is at revision ${loaded.deployment.revision} now`);
  }
  return { ...loaded, by };
}
