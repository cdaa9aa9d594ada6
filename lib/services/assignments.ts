import type { Actor } from "#lib/domain/actor.ts";
import type { Person } from "#lib/domain/deployment.ts";
import { setDue } from "#lib/domain/dues.ts";
import type { AssignItemsInput, SetDueInput } from "#lib/domain/inputs/assignments.ts";
import { assignItems as itemsAssigned } from "#lib/domain/owners.ts";
import { may } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { changeDeployment, loadToChange } from "#lib/db/change-deployment.ts";
import { peopleOfTeam } from "#lib/db/people-of-team.ts";

/**
 * Gives items to somebody who may settle them, or to nobody; all of them or none. Rejects with
 * `forbidden` where an engineer would give on what is somebody else's.
 */
export async function assignItems(actor: Actor, { items, ownerId, ...ref }: AssignItemsInput): Promise<void> {
  // First of all, since who is on a team tells of its record.
  const { deployment } = await loadToChange(actor, ref, "item.assign");
  const owner = ownerId === null ? null : await ownerFor(ownerId, deployment.teamId);
  await changeDeployment(actor, ref, "item.assign", ({ teamId }, by) => [
    itemsAssigned(items, owner, {
      id: by.id,
      assignsAnybody: may(by, "item.assign-anybody", teamId),
    }),
  ]);
}

/** A team lead sets when items are due. */
export async function setItemsDue(actor: Actor, { items, dueAt, ...ref }: SetDueInput): Promise<void> {
  await changeDeployment(actor, ref, "item.set-due", () => [setDue(items, dueAt)]);
}

async function ownerFor(id: string, teamId: string): Promise<Person> {
  const person = (await peopleOfTeam(teamId)).find((candidate) => candidate.id === id);
  if (person?.mayOwn === true) return { id, name: person.name };
  const message = "An owner is an engineer or a team lead of this team";
  throw new Rejection("invalid-input", message, { fields: { ownerId: message } });
}
