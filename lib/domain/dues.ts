import { findItem } from "./checklist.ts";
import type { Decide } from "./change.ts";
import type { Deployment, Instant } from "./deployment.ts";
import { Rejection } from "./rejection.ts";
import { refuseEnded } from "./standstill.ts";
import type { PhaseTemplate } from "./template.ts";
import { DAY, HOUR, laterBy, MINUTE } from "./time.ts";

/** Sets when items are due, or, with null, lets their phase say it again. What stands so stays. */
export function setDue(itemKeys: readonly string[], dueAt: Instant | null): Decide {
  return (deployment) => {
    refuseEnded(deployment);
    const items = [...new Set(itemKeys)].flatMap((key) => {
      const place = findItem(deployment.checklist, key);
      if (place === undefined) throw new Rejection("not-found", "There is no such item on this deployment");
      const stands = (deployment.dues[key] ?? null) === dueAt;
      return stands ? [] : [{ item: key, title: place.item.title }];
    });
    return items.length === 0 ? [] : [{ type: "items.due-set", data: { items, dueAt } }];
  };
}

/** When an item is due: as it was set, else when its phase is. Null on the rollback list. */
export function dueOf(deployment: Deployment, phase: PhaseTemplate, itemKey: string): Instant | null {
  return deployment.dues[itemKey] ?? phaseDueAt(deployment, phase);
}

/**
 * A phase is due when the next one begins, and the last a day after its own beginning (24-48 hours).
 * It moves with the deployment's date, and from T-0 on with T-0.
 */
function phaseDueAt({ checklist, details, t0At }: Deployment, { key }: PhaseTemplate): Instant | null {
  const index = checklist.phases.findIndex((phase) => phase.key === key);
  const [own, next] = [index, index + 1].map((at) => checklist.phases[at]?.timing.offsetMinutes ?? null);
  if (index === -1 || own == null) return null;
  return laterBy(t0At ?? details.deploymentAt, next == null ? own * MINUTE + DAY : next * MINUTE);
}

const NEAR = 4 * HOUR;

/** How close an open item's date is at `now`. */
export function nearness(dueAt: Instant, now: Instant): "late" | "near" | "far" {
  if (dueAt <= now) return "late";
  return dueAt <= laterBy(now, NEAR) ? "near" : "far";
}
