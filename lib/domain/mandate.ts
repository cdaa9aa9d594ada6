import type { Instant, Person } from "./deployment.ts";
import type { ApproverRole } from "./roles.ts";

/** That one person may sign as a role in another's place, for a span of time. */
export type Mandate = {
  /** The id of the delegation. */
  readonly delegation: string;
  readonly role: ApproverRole;
  /** The team it holds for; null for all teams of the approver. */
  readonly teamId: string | null;
  /** Whose role it is. */
  readonly from: Person;
  /** The stand-in. */
  readonly to: Person;
  readonly startsAt: Instant;
  /** The first moment at which it no longer holds. */
  readonly endsAt: Instant;
};

/** Whether a mandate lets its stand-in sign as this role on this team's records at `now`. */
export function mandateHolds(mandate: Mandate, role: ApproverRole, teamId: string, now: Instant): boolean {
  return (
    mandate.role === role &&
    (mandate.teamId === null || mandate.teamId === teamId) &&
    mandate.startsAt <= now &&
    now < mandate.endsAt
  );
}
