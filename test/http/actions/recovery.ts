import type { ActionRows } from "#test/support/action-rows.ts";

const NOBODY = "11111111-1111-4111-8111-111111111111";
const forNobody = () => ({ personId: NOBODY, dropsFactors: true });
const withoutLink = () => ({ token: "A".repeat(43), password: "long enough password" });

export const rows: ActionRows = {
  makeRecoveryLinkAction: {
    asks: "people.manage",
    about: "installation",
    example: forNobody,
    ruleSays: "not-found",
    refusals: [
      ["wrong role", "lead", forNobody, "forbidden"],
      ["nobody", "admin", forNobody, "not-found"],
    ],
  },
  recoverAccountAction: {
    asks: null,
    about: "anyone",
    example: withoutLink,
    refusals: [["a link that never was", "lead", withoutLink, "link-over"]],
  },
};
