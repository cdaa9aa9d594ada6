import { randomUUID } from "node:crypto";
import type { ActionRows, ActionWorld } from "#test/support/action-rows.ts";

const span = { startsAt: "2026-01-01T00:00:00Z", endsAt: "2199-01-01T00:00:00Z" };
const delegation = ({ team, people }: ActionWorld) => ({
  role: "devops-sre",
  teamId: team.id,
  toId: people.engineer2.id,
  ...span,
});

export const rows: ActionRows = {
  createDelegationAction: {
    asks: null,
    about: "oneself",
    example: delegation,
    ruleSays: "forbidden",
    refusals: [
      ["a role one does not hold", "engineer", delegation, "forbidden"],
      ["too long", "sre", delegation, "invalid-input"],
      [
        "an auditor",
        "sre",
        (world) => ({ ...delegation(world), toId: world.people.auditor.id }),
        "invalid-input",
      ],
    ],
  },
  revokeDelegationAction: {
    asks: null,
    about: "oneself",
    example: () => ({ delegationId: randomUUID() }),
    ruleSays: "not-found",
    refusals: [["nobody's", "sre", () => ({ delegationId: randomUUID() }), "not-found"]],
  },
};
