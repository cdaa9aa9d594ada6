import type { Actor } from "#lib/domain/actor.ts";
import { itemsOf } from "#lib/domain/checklist.ts";
import { maySomewhere, teamsWhere } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { DEPLOYER_ROLES, type ApproverRole } from "#lib/domain/roles.ts";
import type { SloTargets } from "#lib/domain/slo.ts";
import type { Target, Template } from "#lib/domain/template.ts";
import { PRODUCTION_TEMPLATE } from "#lib/domain/templates/production.ts";
import { prisma } from "#lib/db/prisma.ts";
import { sloFromJson } from "#lib/db/slo-from-json.ts";

/** What the new-deployment form offers: the teams one leads, their services and people. */
export type OpeningChoices = {
  readonly teams: readonly {
    readonly name: string;
    readonly services: readonly { readonly name: string; readonly slo: SloTargets }[];
    /** Who may be named as deployer. */
    readonly people: readonly { readonly name: string; readonly email: string }[];
    /** How many people hold each approver role. */
    readonly holders: Readonly<Record<ApproverRole, number>>;
  }[];
  /** The template that a new record copies, and how many items its first phase has and each target adds. */
  readonly template: {
    readonly title: string;
    readonly version: number;
    readonly firstPhase: { readonly title: string; readonly items: number };
    readonly targets: Readonly<Record<Target, number>>;
  };
};

export async function openingChoices(actor: Actor): Promise<OpeningChoices> {
  if (!maySomewhere(actor, "deployment.open"))
    throw new Rejection("forbidden", "Only a team lead opens deployments");
  const led = teamsWhere(actor, "deployment.open");
  const teams = await prisma().team.findMany({
    where: led === null ? {} : { id: { in: [...led] } },
    include: { services: { orderBy: { name: "asc" } } },
    orderBy: { name: "asc" },
  });
  const people = await prisma().user.findMany({
    where: { disabledAt: null },
    select: { name: true, email: true, roleGrants: { select: { role: true, teamId: true } } },
    orderBy: { name: "asc" },
  });
  return {
    teams: teams.map((team) => ({
      name: team.name,
      services: team.services.map(({ name, slo }) => ({ name, slo: sloFromJson(slo) })),
      people: people
        .filter((person) => holdsOne(person, DEPLOYER_ROLES, team.id))
        .map(({ name, email }) => ({ name, email })),
      holders: holdersOf(team.id, people),
    })),
    template: describeTemplate(PRODUCTION_TEMPLATE),
  };
}

function describeTemplate({ title, version, phases, targets }: Template): OpeningChoices["template"] {
  const [first] = phases;
  if (first === undefined) throw new Error("the template has no phase");
  return {
    title,
    version,
    firstPhase: { title: first.title, items: itemsOf(first).length },
    targets: {
      "fly-io": targets["fly-io"].items.length,
      "aws-ecs": targets["aws-ecs"].items.length,
      kubernetes: targets.kubernetes.items.length,
    },
  };
}

type Holder = { readonly roleGrants: readonly { readonly role: string; readonly teamId: string | null }[] };

function holdersOf(team: string, people: readonly Holder[]): Readonly<Record<ApproverRole, number>> {
  const count = (role: ApproverRole) => people.filter((person) => holdsOne(person, [role], team)).length;
  return {
    "engineering-lead": count("engineering-lead"),
    "devops-sre": count("devops-sre"),
    security: count("security"),
    product: count("product"),
  };
}

function holdsOne({ roleGrants }: Holder, roles: readonly string[], team: string): boolean {
  return roleGrants.some(({ role, teamId }) => roles.includes(role) && (teamId === null || teamId === team));
}
