import { randomUUID } from "node:crypto";
import { toEventActor, type Actor } from "#lib/domain/actor.ts";
import { chooseChecklist } from "#lib/domain/checklist.ts";
import { changeDetails as detailsChanged } from "#lib/domain/details.ts";
import type { DeploymentDetails, Person } from "#lib/domain/deployment.ts";
import { open } from "#lib/domain/evolve.ts";
import type { ChangeDetailsInput, ParsedOpenDeployment } from "#lib/domain/inputs/deployments.ts";
import { may, maySomewhere, teamsWhere } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { DEPLOYER_ROLES, ROLE_TITLES } from "#lib/domain/roles.ts";
import { DEFAULT_SLO_TARGETS, type SloTargets } from "#lib/domain/slo.ts";
import { PRODUCTION_TEMPLATE } from "#lib/domain/templates/production.ts";
import type { SignOffStep } from "#lib/domain/template.ts";
import { now } from "#lib/clock.ts";
import { changeDeployment, loadToChange } from "#lib/db/change-deployment.ts";
import { isCheckViolation, isForeignKeyViolation, isUniqueViolation } from "#lib/db/errors.ts";
import { prisma } from "#lib/db/prisma.ts";
import { sloFromJson } from "#lib/db/slo-from-json.ts";
import { refuseFormer } from "#lib/db/refuse-former.ts";
import { inTurn } from "#lib/db/turns.ts";
import { writeOpened } from "#lib/db/write-deployment.ts";
import { loadDeployment } from "#lib/db/load-deployment.ts";

const ATTEMPTS = 5;

/**
 * Opens a record with a copy of the template, and answers with its id. Team leads only. A repeat with
 * the same id opens nothing. One person's are opened one after another: heaps of them hold up nobody else.
 */
export async function openDeployment(
  actor: Actor,
  input: ParsedOpenDeployment,
  id: string = randomUUID(),
): Promise<string> {
  return inTurn(`opening:${actor.id}`, actor.id, async () => openAtTurn(actor, input, id));
}

/** Corrects the metadata form; approvals before their gate are void then (rule 4). */
export async function changeDetails(
  actor: Actor,
  { deploymentId, ifRevision, deployedBy, ...changes }: ChangeDetailsInput,
): Promise<void> {
  const ref = { deploymentId, ifRevision };
  // First of all, since who is on a team tells of its record.
  const { deployment } = await loadToChange(actor, ref, "deployment.change-details");
  const person = deployedBy === undefined ? undefined : await personFor(deployedBy, deployment.teamId);
  await changeDeployment(actor, ref, "deployment.change-details", () => [
    detailsChanged(person === undefined ? changes : { ...changes, deployedBy: person }),
  ]);
}

async function openAtTurn(actor: Actor, input: ParsedOpenDeployment, id: string): Promise<string> {
  await refuseFormer(prisma(), actor, now());
  const team = await teamFor(actor, input.team);
  const deployedBy = await personFor(input.deployedBy, team.id);
  await refusePredecessor(actor, team.id, input.predecessorId);
  const { openerMaySign, deployerMaySign, mayHoldSeveralRoles } = team;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const service = await serviceFor(team.id, input.service);
    const event = {
      type: "deployment.opened" as const,
      seq: 1,
      at: now(),
      actor: toEventActor(actor),
      data: {
        teamId: team.id,
        service: { id: service.id, name: service.name },
        predecessorId: input.predecessorId,
        details: detailsFrom(input, deployedBy, input.slo ?? service.slo),
        checklist: chooseChecklist(
          PRODUCTION_TEMPLATE,
          input.targets,
          input.signOffPlace,
          stepsFrom(input.approvals),
        ),
        relaxations: { openerMaySign, deployerMaySign, mayHoldSeveralRoles },
      },
    };
    const after = open(id, event);
    try {
      await writeOpened({ after, events: [event] });
      return after.id;
    } catch (error) {
      if (isUniqueViolation(error, "deployments_pkey")) return id;
      if (isCheckViolation(error, "deployments_one_successor"))
        throw noPredecessor("A successor of this deployment has been opened already");
      // Somebody else named a service the same in this very moment; theirs is there now.
      if (!isForeignKeyViolation(error, "deployments_service_id_fkey")) throw error;
    }
  }
  throw new Rejection("conflict", "Others are opening deployments of this service right now; try again");
}

function detailsFrom(input: ParsedOpenDeployment, deployedBy: Person, slo: SloTargets): DeploymentDetails {
  const { version, commit, environment, deploymentAt, links } = input;
  return { version, commit, environment, deploymentAt, deployedBy, links, slo };
}

// What stands at its default is left out, so that a record without choices reads as it always did.
function stepsFrom(approvals: ParsedOpenDeployment["approvals"]): readonly SignOffStep[] | undefined {
  return approvals?.map(({ role, quorum, withPrevious }) => ({
    role,
    title: ROLE_TITLES[role],
    ...(quorum > 1 && { quorum }),
    ...(withPrevious && { withPrevious: true as const }),
  }));
}

async function teamFor(actor: Actor, name: string | undefined) {
  if (!maySomewhere(actor, "deployment.open")) {
    throw new Rejection("forbidden", "Only a team lead opens deployments");
  }
  const led = teamsWhere(actor, "deployment.open");
  const teams = await prisma().team.findMany({
    where: { ...(led === null ? {} : { id: { in: [...led] } }), ...(name === undefined ? {} : { name }) },
    take: 2,
  });
  const [team, another] = teams;
  if (team !== undefined && another === undefined) return team;
  const message =
    name === undefined ? "Name the team: you lead more than one" : "You lead no team of this name";
  throw new Rejection("invalid-input", message, { fields: { team: message } });
}

/** The account behind an address, if it is active and may be the team's deployer. */
async function personFor(email: string, teamId: string): Promise<Person> {
  const user = await prisma().user.findUnique({
    where: {
      email,
      disabledAt: null,
      roleGrants: { some: { role: { in: [...DEPLOYER_ROLES] }, OR: [{ teamId: null }, { teamId }] } },
    },
    select: { id: true, name: true },
  });
  if (user === null) {
    const message = "Nobody who deploys for this team has this e-mail address";
    throw new Rejection("invalid-input", message, { fields: { deployedBy: message } });
  }
  return user;
}

async function refusePredecessor(actor: Actor, teamId: string, predecessorId: string | null): Promise<void> {
  if (predecessorId === null) return;
  const predecessor = (await loadDeployment(predecessorId))?.deployment;
  if (predecessor === undefined || !may(actor, "deployment.view", predecessor.teamId)) {
    throw new Rejection("not-found", "There is no such deployment to follow");
  }
  if (predecessor.teamId !== teamId)
    throw noPredecessor("A successor belongs to the team whose deployment it follows");
  if (predecessor.ended?.outcome === "completed" || predecessor.ended === null) {
    throw noPredecessor("Only a rolled-back or cancelled deployment has a successor");
  }
}

function noPredecessor(message: string): Rejection {
  return new Rejection("invalid-input", message, { fields: { predecessorId: message } });
}

async function serviceFor(
  teamId: string,
  name: string,
): Promise<{ id: string; name: string; slo: SloTargets }> {
  const service = await prisma().service.findUnique({ where: { teamId_name: { teamId, name } } });
  return service === null
    ? { id: randomUUID(), name, slo: DEFAULT_SLO_TARGETS }
    : { id: service.id, name: service.name, slo: sloFromJson(service.slo) };
}
