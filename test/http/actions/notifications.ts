import { randomUUID } from "node:crypto";
import type { ActionRows } from "#test/support/action-rows.ts";

export const rows: ActionRows = {
  // Only one's own are marked: another's id changes nothing.
  markNotificationsAction: {
    asks: null,
    about: "oneself",
    example: () => ({ ids: [randomUUID()], read: true }),
    refusals: [["none at all", "engineer", () => ({ ids: [], read: true }), "invalid-input"]],
  },
  chooseWayAction: {
    asks: null,
    about: "oneself",
    example: () => ({ kind: "turn", way: "digest" }),
    refusals: [
      ["a kind that there is not", "engineer", () => ({ kind: "all", way: "off" }), "invalid-input"],
    ],
  },
};
