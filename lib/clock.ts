import { readFileSync } from "node:fs";
import type { Instant } from "#lib/domain/deployment.ts";
import { env } from "#lib/env.ts";

/** The present, to the millisecond, in UTC. The one clock that services and queries read. */
export function now(): Instant {
  return new Date(Date.now() + offset()).toISOString();
}

// Tests of waits, and the making of the demo's past, move the clock through a file.
function offset(): number {
  const path = env().COUNTERSIGN_CLOCK_FILE;
  return path === undefined ? 0 : Number(readFileSync(path, "utf8"));
}
