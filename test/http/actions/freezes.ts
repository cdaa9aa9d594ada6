import { on, type ActionRows } from "#test/support/action-rows.ts";

const NOBODY = "11111111-1111-4111-8111-111111111111";
const span = { startsAt: "2199-01-01T00:00:00Z", endsAt: "2199-01-02T00:00:00Z", reason: "Holidays" };
// There is no such team, so that even who may makes no window.
const window = () => ({ team: "No such team", environment: null, ...span });
const lift = (id: string) => on(id, { freezeId: NOBODY, reason: "A fix" });

export const rows: ActionRows = {
  createFreezeAction: {
    asks: "freeze.manage",
    about: "team",
    example: window,
    refusals: [
      ["wrong role", "engineer", ({ team }) => ({ ...window(), team: team.name }), "forbidden"],
      ["every team", "lead", () => ({ ...window(), team: null }), "forbidden"],
      [
        "in the past",
        "lead",
        ({ team }) => ({
          ...window(),
          team: team.name,
          startsAt: "2020-01-01T00:00:00Z",
          endsAt: "2020-01-02T00:00:00Z",
        }),
        "invalid-input",
      ],
    ],
  },
  endFreezeAction: {
    asks: "freeze.end",
    about: "team",
    example: () => ({ freezeId: NOBODY }),
    ruleSays: "not-found",
    refusals: [
      ["wrong role", "engineer", () => ({ freezeId: NOBODY }), "forbidden"],
      ["nobody's", "lead", () => ({ freezeId: NOBODY }), "not-found"],
    ],
  },
  liftFreezeAction: {
    asks: "freeze.lift",
    about: "record",
    takesRevision: true,
    example: (_world, id) => lift(id),
    refusals: [
      ["wrong role", "engineer", ({ fresh }) => lift(fresh), "forbidden"],
      ["no such window", "lead", ({ fresh }) => lift(fresh), "no-freeze"],
      ["another team's", "lead", ({ foreign }) => lift(foreign), "not-found"],
    ],
  },
};
