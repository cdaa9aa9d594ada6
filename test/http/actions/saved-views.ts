import { randomUUID } from "node:crypto";
import type { ActionRows } from "#test/support/action-rows.ts";

const view = () => ({ page: "history", name: `Approvals ${randomUUID()}`, query: "type=approval." });
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
    asks: null,
    about: "oneself",
    example: renamed,
    ruleSays: "not-found",
    refusals: [["somebody else's or none", "auditor", renamed, "not-found"]],
  },
  deleteViewAction: {
    asks: null,
    about: "oneself",
    example: none,
    ruleSays: "not-found",
    refusals: [["somebody else's or none", "auditor", none, "not-found"]],
  },
};
