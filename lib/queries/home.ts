import type { Actor } from "#lib/domain/actor.ts";
import { maySomewhere } from "#lib/domain/policy.ts";

/** Where a person's work is: their own items, the inbox, the board, the history or the people. */
export function homeOf(actor: Actor) {
  if (maySomewhere(actor, "deployment.open")) return "/deployments" as const;
  if (maySomewhere(actor, "item.settle")) return "/mine" as const;
  if (maySomewhere(actor, "approval.sign")) return "/inbox" as const;
  if (maySomewhere(actor, "people.manage")) return "/people" as const;
  return maySomewhere(actor, "history.search") ? ("/history" as const) : ("/deployments" as const);
}
