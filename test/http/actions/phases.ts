import { on, type ActionRows } from "#test/support/action-rows.ts";

const phase = (id: string, key: string) => on(id, { phase: key });
const reopening = (id: string) => on(id, { phase: "final-checks", reason: "x" });

export const rows: ActionRows = {
  startPhaseAction: {
    asks: "phase.start",
    about: "record",
    takesRevision: true,
    example: (_world, id) => phase(id, "final-checks"),
    refusals: [
      ["wrong role", "auditor", ({ fresh }) => phase(fresh, "final-checks"), "forbidden"],
      ["out of order", "engineer", ({ signing }) => phase(signing, "deployment"), "gate-closed"],
      ["another team's", "engineer", ({ foreign }) => phase(foreign, "final-checks"), "not-found"],
    ],
  },
  completePhaseAction: {
    asks: "phase.complete",
    about: "record",
    takesRevision: true,
    example: (_world, id) => phase(id, "pre-deployment"),
    refusals: [
      ["wrong role", "auditor", ({ fresh }) => phase(fresh, "pre-deployment"), "forbidden"],
      ["out of order", "engineer", ({ fresh }) => phase(fresh, "deployment"), "phase-locked"],
      ["incomplete", "engineer", ({ fresh }) => phase(fresh, "pre-deployment"), "phase-incomplete"],
      ["another team's", "engineer", ({ foreign }) => phase(foreign, "pre-deployment"), "not-found"],
    ],
  },
  reopenPhaseAction: {
    asks: "phase.reopen",
    about: "record",
    takesRevision: true,
    example: (_world, id) => reopening(id),
    refusals: [
      ["wrong role", "engineer", ({ signing }) => reopening(signing), "forbidden"],
      ["out of order", "lead", ({ fresh }) => reopening(fresh), "phase-not-earlier"],
      ["another team's", "lead", ({ foreign }) => reopening(foreign), "not-found"],
    ],
  },
};
