import { canonicalOrigin } from "#lib/env.ts";
import type { ActionRows } from "#test/support/action-rows.ts";

const here = () => ({ origin: canonicalOrigin() });

export const rows: ActionRows = {
  askSecondFactorAction: {
    asks: null,
    about: "anyone",
    example: here,
    refusals: [["no first step before", "lead", here, "sign-in-over"]],
  },
};
