import { on, type ActionRows } from "#test/support/action-rows.ts";

const forReason = (id: string) => on(id, { reason: "A claim is pending" });

export const rows: ActionRows = {
  setLegalHoldAction: {
    asks: "legal-hold.manage",
    about: "record",
    example: (_world, id) => forReason(id),
    refusals: [
      ["wrong role", "lead", ({ fresh }) => forReason(fresh), "forbidden"],
      ["another team's", "auditor", ({ foreign }) => forReason(foreign), "not-found"],
    ],
  },
  liftLegalHoldAction: {
    asks: "legal-hold.manage",
    about: "record",
    example: (_world, id) => forReason(id),
    refusals: [
      ["wrong role", "lead", ({ fresh }) => forReason(fresh), "forbidden"],
      ["another team's", "auditor", ({ foreign }) => forReason(foreign), "not-found"],
    ],
  },
  setRetentionAction: {
    asks: "retention.manage",
    about: "installation",
    example: () => ({ days: 400 }),
    refusals: [["wrong role", "lead", () => ({ days: 400 }), "forbidden"]],
  },
  removeContentAction: {
    asks: "retention.manage",
    about: "installation",
    example: (_world, id) => on(id),
    refusals: [
      ["wrong role", "auditor", ({ fresh }) => on(fresh), "forbidden"],
      ["out of order", "admin", ({ fresh }) => on(fresh), "retention-not-over"],
    ],
  },
};
