import type { Actor } from "#lib/domain/actor.ts";
import { peopleOfTeam, type TeamPerson } from "#lib/db/people-of-team.ts";
import { recordScope } from "./list-events.ts";

export type DeploymentPerson = TeamPerson;

/** Everybody who sees a record, by name: who can be named in a comment, and who may own an item. */
export async function listDeploymentPeople(
  actor: Actor,
  deploymentId: string,
): Promise<readonly DeploymentPerson[]> {
  const { teamId } = await recordScope(actor, deploymentId);
  return peopleOfTeam(teamId);
}
