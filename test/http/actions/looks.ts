import { on, type ActionRows } from "#test/support/action-rows.ts";

export const rows: ActionRows = {
  recordLookAction: {
    asks: "deployment.view",
    about: "record",
    example: (_world, id) => on(id, { seq: 1 }),
    refusals: [["another team's", "sre", ({ foreign }) => on(foreign, { seq: 1 }), "not-found"]],
  },
};
