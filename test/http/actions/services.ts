import { serviceOf, type ActionRows } from "#test/support/action-rows.ts";

const noChecks = async (id: string) => ({ serviceId: await serviceOf(id), checks: {} });

export const rows: ActionRows = {
  configureChecksAction: {
    asks: "service.configure",
    about: "service",
    example: (_world, id) => noChecks(id),
    refusals: [
      ["wrong role", "engineer", ({ fresh }) => noChecks(fresh), "forbidden"],
      ["another team's", "lead", ({ foreign }) => noChecks(foreign), "not-found"],
    ],
  },
};
