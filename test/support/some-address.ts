import { randomInt } from "node:crypto";

/** An address of a caller that nothing was counted for: tests come through a proxy, which says it. */
export function someAddress(): string {
  return `198.${18 + randomInt(2)}.${randomInt(256)}.${randomInt(256)}`;
}
