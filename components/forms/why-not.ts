import type { Ability } from "#lib/queries/deployment-view.ts";

/** Why the reader may not, as a control's `disabledReason` wants it; undefined where they may. */
export function whyNot(ability: Ability): string | undefined {
  return ability.allowed ? undefined : ability.reason;
}
