import { readFileSync } from "node:fs";
import { credentialsOf } from "#lib/domain/inputs/check-credentials.ts";
import { env } from "#lib/env.ts";
import { createOutside, type OutsideOptions } from "#lib/evidence/outside/create-outside.ts";
import type { Outside } from "#lib/evidence/outside.ts";

/** A receiver of messages has less time than a check: it is asked again. */
const MESSAGE_MS = 5_000;

const forChecks = new Map<string, Outside>();
let forMessages: Outside | undefined;

/** The way out of a team's checks: with the administrator's limits, and the credentials bound to that team. */
export function outsideOf(team: string): Outside {
  const credentials = credentialsOf(env().COUNTERSIGN_CHECK_CREDENTIALS, team);
  // Teams with the same credentials share a way out, so there are no more than the setting tells apart.
  const key = JSON.stringify(Object.keys(credentials));
  const known = forChecks.get(key) ?? make(credentials);
  forChecks.set(key, known);
  return known;
}

/** The same for what teams send: to the same addresses, without the administrator's credentials. */
export function outsideForMessages(): Outside {
  forMessages ??= make({}, { timeoutMs: MESSAGE_MS });
  return forMessages;
}

function make(
  credentials: Readonly<Record<string, string>>,
  limits: Pick<OutsideOptions, "timeoutMs"> = {},
): Outside {
  const { COUNTERSIGN_CHECK_RANGES: allowedRanges, COUNTERSIGN_CHECK_CA: ca } = env();
  return createOutside({
    allowedRanges,
    credentials,
    ...limits,
    extraCa: ca === undefined ? [] : [readFileSync(ca, "utf8")],
  });
}
