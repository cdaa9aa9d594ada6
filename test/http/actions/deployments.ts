import { on, type ActionRows } from "#test/support/action-rows.ts";

const OPENING = {
  service: "x",
  version: "1",
  commit: "abcdef0",
  environment: "p",
  deploymentAt: "2026-12-01T00:00:00Z",
  deployedBy: "a@b.example",
};
const newVersion = (id: string) => on(id, { version: "2.0.0" });
const forReason = (id: string) => on(id, { reason: "x" });

export const rows: ActionRows = {
  openDeploymentAction: {
    asks: "deployment.open",
    about: "team",
    example: () => OPENING,
    refusals: [["wrong role", "engineer", () => OPENING, "forbidden"]],
  },
  changeDetailsAction: {
    asks: "deployment.change-details",
    about: "record",
    takesRevision: true,
    example: (_world, id) => newVersion(id),
    refusals: [
      ["wrong role", "engineer", ({ fresh }) => newVersion(fresh), "forbidden"],
      ["another team's", "lead", ({ foreign }) => newVersion(foreign), "not-found"],
    ],
  },
  triggerRollbackAction: {
    asks: "rollback.trigger",
    about: "record",
    takesRevision: true,
    example: (_world, id) => forReason(id),
    refusals: [
      ["wrong role", "auditor", ({ fresh }) => forReason(fresh), "forbidden"],
      ["out of order", "engineer", ({ fresh }) => forReason(fresh), "rollback-not-possible"],
      ["another team's", "engineer", ({ foreign }) => forReason(foreign), "not-found"],
    ],
  },
  cancelDeploymentAction: {
    asks: "deployment.cancel",
    about: "record",
    takesRevision: true,
    example: (_world, id) => forReason(id),
    refusals: [
      ["wrong role", "engineer", ({ fresh }) => forReason(fresh), "forbidden"],
      ["another team's", "lead", ({ foreign }) => forReason(foreign), "not-found"],
    ],
  },
};
