import type { Actor } from "#lib/domain/actor.ts";
import { APPROVER_ROLES } from "#lib/domain/roles.ts";
import type { Ask, Model } from "./model.ts";
import { PLAN } from "./small-record.ts";

export type Player = Actor & { readonly kind: "person"; readonly involved: boolean };

/** The next request that makes headway, by somebody who may make it: random ones alone go nowhere. */
export function headway(
  model: Model,
  cast: readonly Player[],
  mark = "Go on.",
): { readonly person: Player; readonly ask: Ask } {
  const by = (role: string) => {
    const person = cast.find((one) => !one.involved && rolesOf(one).join() === role);
    if (person === undefined) throw new Error(`nobody is ${role} alone`);
    return person;
  };
  const phase = PLAN.phases[model.completed];
  const items: readonly string[] = model.rollingBack ? PLAN.rollback : (phase?.items ?? []);
  const open = items.find((key) => !model.items.has(key));
  const role = APPROVER_ROLES[model.signed.length];
  if (model.rejected) return { person: by("team-lead"), ask: { do: "answer", text: mark } };
  const atGate = model.completed === PLAN.gate && !model.begun.has(PLAN.phases[PLAN.gate].key);
  if (!model.rollingBack && atGate && role !== undefined)
    return { person: by(role), ask: { do: "approve", role, text: mark } };
  if (!model.rollingBack && atGate && model.isFrozen())
    return { person: by("team-lead"), ask: { do: "lift", text: mark } };
  if (open !== undefined) return { person: by("engineer"), ask: { do: "tick", item: open } };
  const key = model.rollingBack ? "rollback" : (phase?.key ?? "follow");
  return { person: by("engineer"), ask: { do: "complete", phase: key } };
}

export function rolesOf({ grants }: Player): readonly string[] {
  return grants.map(({ role }) => role);
}
