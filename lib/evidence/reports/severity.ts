import { z } from "zod";

/** From the least to the worst, as npm, CycloneDX and most scanners name them. */
export const SEVERITIES = ["info", "low", "moderate", "high", "critical"] as const;

export type Severity = (typeof SEVERITIES)[number];

export const severity = z.enum(SEVERITIES);

export function isAtLeast(found: Severity, limit: Severity): boolean {
  return SEVERITIES.indexOf(found) >= SEVERITIES.indexOf(limit);
}

/** How many of each severity, the worst first, and the limit: `2 high, 1 low; none of high or above is allowed`. */
export function counts(found: readonly Severity[], limit: Severity): string {
  if (found.length === 0) return "No vulnerability found";
  const parts = SEVERITIES.toReversed().flatMap((name) => {
    const count = found.filter((candidate) => candidate === name).length;
    return count === 0 ? [] : [`${count} ${name}`];
  });
  return `${parts.join(", ")}; none of ${limit} or above is allowed`;
}
