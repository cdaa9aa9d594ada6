import { SYSTEM_ID, type Actor } from "#lib/domain/actor.ts";

/** Whoever has a shell on the server: the history names them as the system itself. */
export const ADMINISTRATOR: Actor = {
  kind: "system",
  id: SYSTEM_ID,
  name: "Server administrator",
  grants: [{ role: "admin", teamId: null }],
};
