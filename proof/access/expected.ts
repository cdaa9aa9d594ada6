import type { Actor } from "#lib/domain/actor.ts";
import { may, mayEverywhere, maySomewhere } from "#lib/domain/policy.ts";
import type { Access } from "./surface.ts";

/** How far a caller gets: refused as the contract says it, or through to what the rules decide. */
export type Outcome = "signed-out" | "not-found" | "forbidden" | "through";

/** What the policy table says of a caller, null being nobody, and of something that is this team's. */
export function expected({ asks, about }: Access, actor: Actor | null, teamId: string): Outcome {
  if (about === "anyone") return "through";
  if (about === "nothing") return "not-found";
  if (actor === null) return "signed-out";
  if (about === "oneself" || asks === null) return "through";
  switch (about) {
    case "record":
    case "service":
      if (!may(actor, "deployment.view", teamId)) return "not-found";
      return may(actor, asks, teamId) ? "through" : "forbidden";
    case "team":
      return maySomewhere(actor, asks) ? "through" : "forbidden";
    case "installation":
      return mayEverywhere(actor, asks) ? "through" : "forbidden";
  }
}
