import { randomUUID } from "node:crypto";
import type { ActionRows } from "#test/support/action-rows.ts";

const view = () => ({ name: `Approvals ${randomUUID()}`, query: "type=approval." });
const none = () => ({ viewId: randomUUID() });
const renamed = () => ({ ...none(), name: "Another name" });

export const rows: ActionRows = {
  saveViewAction: {
    asks: "history.search",
    about: "team",
    example: view,
    refusals: [["wrong role", "engineer", view, "forbidden"]],
  },
  renameViewAction: {
    asks: "history.search",
    about: "team",
    example: renamed,
    ruleSays: "not-found",
    refusals: [
      ["wrong role", "engineer", renamed, "forbidden"],
      ["somebody else's or none", "auditor", renamed, "not-found"],
    ],
  },
  deleteViewAction: {
    asks: "history.search",
    about: "team",
    example: none,
    ruleSays: "not-found",
    refusals: [
      ["wrong role", "engineer", none, "forbidden"],
      ["somebody else's or none", "auditor", none, "not-found"],
    ],
  },
};
