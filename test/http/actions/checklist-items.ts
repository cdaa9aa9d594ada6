import { on, type ActionRows } from "#test/support/action-rows.ts";

const tick = (id: string, item: string) => on(id, { changes: [{ item, to: "done" }] });

export const rows: ActionRows = {
  settleItemsAction: {
    asks: "item.settle",
    about: "record",
    takesRevision: true,
    example: (_world, id) => tick(id, "mtls-enabled"),
    refusals: [
      ["wrong role", "auditor", ({ fresh }) => tick(fresh, "mtls-enabled"), "forbidden"],
      ["out of order", "engineer", ({ fresh }) => tick(fresh, "staging-matches"), "phase-locked"],
      ["another team's", "engineer", ({ foreign }) => tick(foreign, "mtls-enabled"), "not-found"],
    ],
  },
};
