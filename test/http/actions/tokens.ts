import { randomUUID } from "node:crypto";
import type { ActionRows } from "#test/support/action-rows.ts";

const newToken = () => ({ name: "x", scopes: ["read"], days: 1 });
const noToken = () => ({ tokenId: randomUUID() });

export const rows: ActionRows = {
  createTokenAction: {
    asks: "token.create",
    about: "team",
    example: newToken,
    refusals: [["wrong role", "auditor", newToken, "forbidden"]],
  },
  revokeTokenAction: {
    asks: null,
    about: "oneself",
    example: noToken,
    ruleSays: "not-found",
    refusals: [["nobody's", "engineer", noToken, "not-found"]],
  },
};
