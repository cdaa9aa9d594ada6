import { randomUUID } from "node:crypto";
import { now } from "#lib/clock.ts";
import { toEventActor } from "#lib/domain/actor.ts";
import { chooseChecklist } from "#lib/domain/checklist.ts";
import { open } from "#lib/domain/evolve.ts";
import { DEFAULT_SLO_TARGETS } from "#lib/domain/slo.ts";
import type { PhaseTemplate, Template } from "#lib/domain/template.ts";
import { PRODUCTION_TEMPLATE } from "#lib/domain/templates/production.ts";
import { writeOpened } from "#lib/db/write-deployment.ts";
import type { Team } from "#test/support/factories.ts";

/**
 * A checklist of four phases with a handful of plain items, the sign-off before the third: short
 * enough for a few dozen random commands to reach every end.
 */
export const PLAN = {
  phases: [
    { key: "prepare", items: ["a1", "a2"], atT0: false },
    { key: "check", items: ["b1"], atT0: false },
    { key: "deploy", items: ["c1"], atT0: true },
    { key: "follow", items: ["d1"], atT0: false },
  ],
  /** May be marked not applicable without a reason. */
  conditional: ["a2"],
  /** One item a section, in this order. */
  rollback: ["r1", "r2"],
  gate: 2,
} as const;

export const ITEMS: readonly string[] = [...PLAN.phases.flatMap(({ items }) => items), ...PLAN.rollback];
export const PHASES: readonly string[] = [...PLAN.phases.map(({ key }) => key), "rollback"];

/** Opens a record with the small checklist, as the team's lead, to be deployed by its engineer. */
export async function openSmall(team: Team, id: string = randomUUID()): Promise<string> {
  const at = now();
  const event = {
    type: "deployment.opened" as const,
    seq: 1,
    at,
    actor: toEventActor(team.lead),
    data: {
      teamId: team.id,
      service: { id: randomUUID(), name: `service ${id}` },
      predecessorId: null,
      details: {
        version: "1.0.0",
        commit: "3f9c2ab",
        // Its own, so that a freeze of it is of this record alone.
        environment: `of ${id}`,
        deploymentAt: at,
        deployedBy: { id: team.engineer.id, name: team.engineer.name },
        links: [],
        slo: DEFAULT_SLO_TARGETS,
      },
      checklist: chooseChecklist(SMALL, [], "go-no-go"),
      relaxations: { openerMaySign: false, deployerMaySign: false, mayHoldSeveralRoles: false },
    },
  };
  await writeOpened({ after: open(id, event), events: [event] });
  return id;
}

const SMALL: Template = {
  ...PRODUCTION_TEMPLATE,
  phases: PLAN.phases.map(({ key, items, atT0 }) => phase(key, [items], atT0)),
  rollback: phase(
    "rollback",
    PLAN.rollback.map((item) => [item]),
    false,
  ),
};

function phase(key: string, sections: readonly (readonly string[])[], startsAtT0: boolean): PhaseTemplate {
  const conditional: readonly string[] = PLAN.conditional;
  return {
    key,
    title: key,
    timing: { label: key, offsetMinutes: null, startsAtT0 },
    sections: sections.map((items, index) => ({
      key: `${key}-${index}`,
      title: `${key} ${index}`,
      items: items.map((item) => ({
        key: item,
        title: item,
        ...(conditional.includes(item) ? { conditional: true as const } : {}),
      })),
    })),
  };
}
