import type { ActionRows, ActionWorld } from "#test/support/action-rows.ts";

const NOBODY = "11111111-1111-4111-8111-111111111111";
const password = "long enough password";
const newPerson = () => ({ name: "X", email: "x@test.example", password });
const newTeam = () => ({ name: "X" });
const theAdmin = ({ people }: ActionWorld) => ({ personId: people.admin.id });
const adminRole = { role: "admin", teamId: null };
const nobody = () => ({ personId: NOBODY });

const duties = (teamId: string) => ({
  teamId,
  openerMaySign: true,
  deployerMaySign: true,
  mayHoldSeveralRoles: true,
});

export const rows: ActionRows = {
  createPersonAction: {
    asks: "people.manage",
    about: "installation",
    // Somebody has this address already, so that even an admin makes nobody.
    example: () => ({ ...newPerson(), email: "admin@demo.test" }),
    refusals: [["wrong role", "lead", newPerson, "forbidden"]],
  },
  setPasswordAction: {
    asks: "people.manage",
    about: "installation",
    example: () => ({ ...nobody(), password }),
    ruleSays: "not-found",
    refusals: [
      ["wrong role", "lead", (world) => ({ ...theAdmin(world), password }), "forbidden"],
      ["nobody", "admin", () => ({ ...nobody(), password }), "not-found"],
    ],
  },
  disablePersonAction: {
    asks: "people.manage",
    about: "installation",
    example: nobody,
    ruleSays: "not-found",
    refusals: [
      ["wrong role", "lead", theAdmin, "forbidden"],
      ["oneself", "admin", theAdmin, "forbidden"],
    ],
  },
  enablePersonAction: {
    asks: "people.manage",
    about: "installation",
    example: nobody,
    ruleSays: "not-found",
    refusals: [["wrong role", "lead", theAdmin, "forbidden"]],
  },
  grantRoleAction: {
    asks: "people.manage",
    about: "installation",
    example: () => ({ ...nobody(), ...adminRole }),
    ruleSays: "not-found",
    refusals: [
      ["wrong role", "lead", ({ people }) => ({ personId: people.lead.id, ...adminRole }), "forbidden"],
    ],
  },
  revokeRoleAction: {
    asks: "people.manage",
    about: "installation",
    example: () => ({ ...nobody(), ...adminRole }),
    ruleSays: "not-found",
    refusals: [["wrong role", "lead", (world) => ({ ...theAdmin(world), ...adminRole }), "forbidden"]],
  },
  createTeamAction: {
    asks: "people.manage",
    about: "installation",
    // The name is taken, so that even an admin makes no team.
    example: ({ team }) => ({ name: team.name }),
    refusals: [["wrong role", "lead", newTeam, "forbidden"]],
  },
  changeTeamSecondFactorAction: {
    asks: "people.manage",
    about: "installation",
    example: () => ({ teamId: NOBODY, required: true }),
    ruleSays: "not-found",
    refusals: [
      ["wrong role", "lead", ({ team }) => ({ teamId: team.id, required: true }), "forbidden"],
      ["no such team", "admin", () => ({ teamId: NOBODY, required: true }), "not-found"],
    ],
  },
  changeTeamTimeZoneAction: {
    asks: "people.manage",
    about: "installation",
    example: () => ({ teamId: NOBODY, timeZone: "Europe/Vienna" }),
    ruleSays: "not-found",
    refusals: [
      ["wrong role", "lead", ({ team }) => ({ teamId: team.id, timeZone: "UTC" }), "forbidden"],
      [
        "no such zone",
        "admin",
        ({ team }) => ({ teamId: team.id, timeZone: "Mars/Olympus" }),
        "invalid-input",
      ],
    ],
  },
  changeTeamDutiesAction: {
    asks: "people.manage",
    about: "installation",
    example: () => duties(NOBODY),
    ruleSays: "not-found",
    refusals: [["wrong role", "lead", ({ team }) => duties(team.id), "forbidden"]],
  },
};
