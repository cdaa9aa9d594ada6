import type { Actor } from "#lib/domain/actor.ts";

/** Whoever has a shell on the server: the history names them as the system itself. */
export const ADMINISTRATOR: Actor = {
  kind: "system",
  id: "system",
  name: "Server administrator",
  grants: [{ role: "admin", teamId: null }],
};
