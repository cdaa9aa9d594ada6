import { readFileSync } from "node:fs";
import { env } from "#lib/env.ts";
import { createOutside } from "#lib/evidence/outside/create-outside.ts";
import type { Outside } from "#lib/evidence/outside.ts";

let made: Outside | undefined;

/** The way out that the administrator configured. */
export function outside(): Outside {
  made ??= createOutside({
    allowedRanges: env().COUNTERSIGN_CHECK_RANGES,
    credentials: env().COUNTERSIGN_CHECK_CREDENTIALS,
    extraCa:
      env().COUNTERSIGN_CHECK_CA === undefined
        ? []
        : [readFileSync(env().COUNTERSIGN_CHECK_CA ?? "", "utf8")],
  });
  return made;
}
