import { inject } from "vitest";
import type { ActionRows } from "#test/support/action-rows.ts";

const here = () => ({ origin: inject("app").url });

export const rows: ActionRows = {
  askSecondFactorAction: {
    asks: null,
    about: "oneself",
    example: here,
    refusals: [["no first step before", "lead", here, "sign-in-over"]],
  },
};
