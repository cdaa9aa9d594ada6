import { on, signatureOn, type ActionRows } from "#test/support/action-rows.ts";

const request = (id: string, phase = "final-checks") => on(id, { phase, reason: "x" });
const confirmation = (id: string) => signatureOn(id, { request: 1 });
const withdrawal = (id: string) => on(id, { request: 1 });
const review = (id: string) => on(id, { request: 1, conclusion: "justified", finding: "x" });

export const rows: ActionRows = {
  requestBreakGlassAction: {
    asks: "break-glass.request",
    about: "record",
    example: (_world, id) => request(id, "post-deployment"),
    refusals: [
      ["wrong role", "engineer", ({ fresh }) => request(fresh), "forbidden"],
      ["a later gate", "lead", ({ fresh }) => request(fresh, "deployment"), "gate-not-next"],
      ["another team's", "lead", ({ foreign }) => request(foreign), "not-found"],
    ],
  },
  confirmBreakGlassAction: {
    asks: "break-glass.confirm",
    about: "record",
    example: (_world, id) => confirmation(id),
    refusals: [
      ["wrong role", "engineer", ({ signing }) => confirmation(signing), "forbidden"],
      ["nobody asked", "engineeringLead", ({ signing }) => confirmation(signing), "break-glass-over"],
      ["another team's", "engineeringLead", ({ foreign }) => confirmation(foreign), "not-found"],
    ],
  },
  withdrawBreakGlassAction: {
    asks: "break-glass.request",
    about: "record",
    example: (_world, id) => withdrawal(id),
    refusals: [
      ["wrong role", "sre", ({ signing }) => withdrawal(signing), "forbidden"],
      ["nobody asked", "lead", ({ signing }) => withdrawal(signing), "break-glass-over"],
      ["another team's", "lead", ({ foreign }) => withdrawal(foreign), "not-found"],
    ],
  },
  reviewBreakGlassAction: {
    asks: "break-glass.review",
    about: "record",
    example: (_world, id) => review(id),
    ruleSays: "not-found",
    refusals: [
      ["wrong role", "engineer", ({ signing }) => review(signing), "forbidden"],
      ["nothing to review", "sre", ({ signing }) => review(signing), "not-found"],
      ["another team's", "sre", ({ foreign }) => review(foreign), "not-found"],
    ],
  },
};
