import { serviceOf, type ActionRows } from "#test/support/action-rows.ts";

const noChecks = async (id: string) => ({ serviceId: await serviceOf(id), checks: {} });

const freed = async (id: string) => ({ serviceId: await serviceOf(id), reason: "It is not theirs" });

export const rows: ActionRows = {
  freeRepositoryAction: {
    asks: "service.free-repository",
    about: "service",
    example: (_world, id) => freed(id),
    refusals: [
      ["wrong role", "lead", ({ fresh }) => freed(fresh), "forbidden"],
      ["another team's", "lead", ({ foreign }) => freed(foreign), "not-found"],
    ],
  },
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
