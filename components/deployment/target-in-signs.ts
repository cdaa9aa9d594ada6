import type { SloView } from "#lib/queries/deployment-view.ts";

const SIGNS: Readonly<Record<SloView["compare"], string>> = { "at least": "≥", below: "<", "at most": "≤" };

/** `< 500 ms`. */
export function targetInSigns({ compare, target, unit }: SloView): string {
  return `${SIGNS[compare]} ${target} ${unit}`;
}
