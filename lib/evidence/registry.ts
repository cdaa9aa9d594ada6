import type { Checker } from "./checker.ts";

/** Every checker there is. A template names them by key. */
export const CHECKERS: readonly Checker[] = [];

export function findChecker(key: string): Checker | undefined {
  return CHECKERS.find((checker) => checker.key === key);
}
