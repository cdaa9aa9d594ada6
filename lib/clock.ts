import { readFileSync } from "node:fs";
import type { Instant } from "#lib/domain/deployment.ts";
import { env } from "#lib/env.ts";

/** The present, to the millisecond, in UTC. The one clock that services and queries read. */
export function now(): Instant {
  return new Date(Date.now() + testOffset()).toISOString();
}

// Tests of waits move the clock of a running server through a file with an offset in milliseconds.
function testOffset(): number {
  const path = env().COUNTERSIGN_TEST_CLOCK;
  return path === undefined ? 0 : Number(readFileSync(path, "utf8"));
}
