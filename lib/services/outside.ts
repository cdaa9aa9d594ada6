import { readFileSync } from "node:fs";
import { env } from "#lib/env.ts";
import { createOutside } from "#lib/evidence/outside/create-outside.ts";
import type { Outside } from "#lib/evidence/outside.ts";

let forChecks: Outside | undefined;
let forMessages: Outside | undefined;

/** The way out that the administrator configured. */
export function outside(): Outside {
  forChecks ??= make(env().COUNTERSIGN_CHECK_CREDENTIALS);
  return forChecks;
}

/** The same for what teams send: to the same addresses, without the administrator's credentials. */
export function outsideForMessages(): Outside {
  forMessages ??= make({});
  return forMessages;
}

function make(credentials: Readonly<Record<string, string>>): Outside {
  const { COUNTERSIGN_CHECK_RANGES: allowedRanges, COUNTERSIGN_CHECK_CA: ca } = env();
  return createOutside({
    allowedRanges,
    credentials,
    extraCa: ca === undefined ? [] : [readFileSync(ca, "utf8")],
  });
}
