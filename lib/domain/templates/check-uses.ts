import type { CheckUse } from "../template.ts";

type Options = Partial<Pick<CheckUse, "freshMinutes" | "labels">>;

/** A checker whose pass ticks the item. */
export function settles(
  checker: string,
  parameters: CheckUse["parameters"] = {},
  options: Options = {},
): CheckUse {
  return { checker, parameters, weight: "settles", freshMinutes: null, ...options };
}

/** A checker whose verdict stands beside a person's tick. */
export function supports(
  checker: string,
  parameters: CheckUse["parameters"] = {},
  options: Options = {},
): CheckUse {
  return { ...settles(checker, parameters, options), weight: "supports" };
}
