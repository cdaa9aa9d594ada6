import { pendingBreakGlass } from "./break-glass-request.ts";
import type { Deployment } from "./deployment.ts";
import type { EventDraft } from "./events.ts";

/** Rule 8: a request that nobody used ends with the moment it was made for. */
export function lapsedGlass(before: Deployment, after: Deployment): readonly EventDraft[] {
  const pending = pendingBreakGlass(after.breakGlass);
  if (pending === undefined) return [];
  const cause = whatMovedOn(before, after);
  if (cause === null) return [];
  const { request, phase, title } = pending;
  return [{ type: "break-glass.lapsed", data: { request, phase, title, cause } }];
}

function whatMovedOn(before: Deployment, after: Deployment): string | null {
  if (before.ended !== after.ended) return "The record ended.";
  if (before.rollback !== after.rollback) return "The rollback was triggered.";
  if (before.phases !== after.phases) return "The record moved to another phase.";
  if (before.details !== after.details) return "The details changed.";
  if (before.signOffRound !== after.signOffRound) return "The sign-off began anew.";
  return rejections(before) === rejections(after) ? null : "Somebody rejected.";
}

function rejections({ approvals }: Deployment): number {
  return approvals.filter(({ decision }) => decision === "rejected").length;
}
