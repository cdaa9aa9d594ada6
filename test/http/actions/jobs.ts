import { randomUUID } from "node:crypto";
import type { ActionRows } from "#test/support/action-rows.ts";

const noJob = () => ({ jobId: randomUUID() });

export const rows: ActionRows = {
  runJobAgainAction: {
    asks: "jobs.manage",
    about: "installation",
    example: noJob,
    ruleSays: "not-found",
    refusals: [["wrong role", "lead", noJob, "forbidden"]],
  },
};
