import type { ActionRows } from "#test/support/action-rows.ts";

const ofRecord = (deploymentId: string) => ({ scope: { kind: "deployment", deploymentId } });

export const rows: ActionRows = {
  askForVerificationAction: {
    asks: "history.verify",
    about: "record",
    example: (_world, id) => ofRecord(id),
    refusals: [
      ["wrong role", "engineer", ({ fresh }) => ofRecord(fresh), "forbidden"],
      ["another team's", "lead", ({ foreign }) => ofRecord(foreign), "not-found"],
      ["everybody's", "lead", () => ({ scope: { kind: "everything" } }), "forbidden"],
      [
        "a span that ends before it begins",
        "auditor",
        () => ({ scope: { kind: "range", from: "2026-02-01T00:00:00Z", to: "2026-01-01T00:00:00Z" } }),
        "invalid-input",
      ],
    ],
  },
};
