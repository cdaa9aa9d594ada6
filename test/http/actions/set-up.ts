import type { ActionRows } from "#test/support/action-rows.ts";

const withWrongToken = () => ({
  token: "x",
  team: "T",
  name: "N",
  email: "n@test.example",
  password: "long enough password",
});

export const rows: ActionRows = {
  setUpAction: {
    asks: null,
    about: "anyone",
    example: withWrongToken,
    ruleSays: "forbidden",
    refusals: [["wrong token", "lead", withWrongToken, "forbidden"]],
  },
};
