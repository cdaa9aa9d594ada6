import { SYSTEM_ID, type Actor } from "#lib/domain/actor.ts";

/** Whoever runs checks by the clock: adds evidence and ticks for every team, and signs nothing. */
export const CHECK_RUNNER: Actor = {
  kind: "system",
  id: SYSTEM_ID,
  name: "Countersign",
  grants: [{ role: "engineer", teamId: null }],
};
