import { SYSTEM_ID } from "./actor.ts";
import { POLICY } from "./policy.ts";
import { APPROVER_ROLES, type ApproverRole, type Role } from "./roles.ts";
import type { RecordedEvent } from "./recorded-event.ts";
import type { Telling } from "./telling.ts";

/** Whoever has to do with a record, or with the installation, at the moment at which somebody is told. */
export type Audience = {
  /** Null, like the next, where the news is of the installation. */
  readonly openedById: string | null;
  readonly deployedById: string | null;
  readonly openerMaySign: boolean;
  readonly deployerMaySign: boolean;
  readonly mayHoldSeveralRoles: boolean;
  /** Everybody who may see the record, with the roles that they hold for its team; else for all teams. */
  readonly members: readonly { readonly id: string; readonly roles: readonly Role[] }[];
  /** Every approval with whoever took part in it; those of this round count. */
  readonly signatures: readonly {
    readonly role: string;
    readonly people: readonly string[];
    readonly counts: boolean;
  }[];
  readonly mandates: readonly { readonly role: string; readonly fromId: string; readonly toId: string }[];
  /** Whether the check that fails had failed before. */
  readonly failedBefore: boolean;
  /** Whom a comment named before it was edited, at any time. */
  readonly namedBefore: readonly string[];
};

/** Whom a piece of news concerns: never whoever made it, and only members who may see the record. */
export function addresseesOf(telling: Telling, audience: Audience): readonly string[] {
  const actor = telling.kind === "event" ? telling.event.actor.id : SYSTEM_ID;
  const concerned = new Set(concernedBy(telling, audience));
  return audience.members.map(({ id }) => id).filter((id) => concerned.has(id) && id !== actor);
}

/** Whether it is news to a whole team: not who was assigned to nobody, nor a remark without a name in it. */
export function concernsTeam(telling: Telling, audience: Audience): boolean {
  if (telling.kind !== "event") return true;
  const quiet: readonly string[] = ["items.assigned", "comment.added", "comment.edited", "evidence.added"];
  return (
    !quiet.includes(telling.event.type) || concernedByEvent(telling.event, audience).some((id) => id !== "")
  );
}

function concernedBy(telling: Telling, audience: Audience): readonly (string | null)[] {
  switch (telling.kind) {
    case "turn":
    case "reminder":
      return maySignAs(telling.role, audience);
    case "escalation":
      return holders(audience, ["team-lead"]);
    case "check":
      return [audience.openedById, audience.deployedById, ...holders(audience, ["team-lead"])];
    case "event":
      return concernedByEvent(telling.event, audience);
  }
}

function concernedByEvent(event: RecordedEvent, audience: Audience): readonly (string | null)[] {
  const owners = [audience.openedById, audience.deployedById];
  const leads = holders(audience, ["team-lead"]);
  const signers = audience.signatures.flatMap(({ people }) => people);
  switch (event.type) {
    case "approval.granted":
    case "approval.rejected":
    case "sign-off.voided":
      return owners;
    case "items.assigned":
      return event.data.ownerId === null ? [] : [event.data.ownerId];
    case "comment.added":
      return event.data.mentions;
    case "comment.edited":
      return event.data.mentions.filter((id) => !audience.namedBefore.includes(id));
    case "rollback.triggered":
      return holders(audience, ["team-lead", "engineer", ...APPROVER_ROLES]);
    case "phase.reopened":
    case "deployment.completed":
      return [...owners, ...leads, ...signers];
    case "break-glass.requested":
      return mayConfirm(audience);
    case "break-glass.confirmed":
      return [...owners, ...leads, ...mayConfirm(audience)];
    case "evidence.added":
      return audience.failedBefore ? [] : owners;
    case "freeze.lifted":
      return [...owners, ...leads];
    case "retention.changed":
      return holders(audience, POLICY["retention.view"]);
    default:
      return [];
  }
}

// Rule 3, as far as it keeps somebody from signing whatever the record shows.
function maySignAs(role: ApproverRole, audience: Audience): readonly string[] {
  const mayStill = (id: string) => !isBound(audience, id) && !hasSigned(audience, id, role);
  const own = holders(audience, [role]).filter(mayStill);
  const standIns = audience.mandates
    .filter((mandate) => mandate.role === role && mayStill(mandate.fromId) && mayStill(mandate.toId))
    .map(({ toId }) => toId);
  return [...own, ...standIns];
}

function mayConfirm(audience: Audience): readonly string[] {
  return holders(audience, APPROVER_ROLES).filter((id) => !isBound(audience, id));
}

function isBound({ openedById, deployedById, ...duties }: Audience, id: string): boolean {
  return (!duties.openerMaySign && id === openedById) || (!duties.deployerMaySign && id === deployedById);
}

function hasSigned({ signatures, mayHoldSeveralRoles }: Audience, id: string, as: ApproverRole): boolean {
  return signatures.some(
    ({ role, people, counts }) => counts && people.includes(id) && (role === as || !mayHoldSeveralRoles),
  );
}

function holders({ members }: Audience, roles: readonly Role[]): readonly string[] {
  return members.filter((member) => member.roles.some((role) => roles.includes(role))).map(({ id }) => id);
}
