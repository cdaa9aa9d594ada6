import { randomUUID } from "node:crypto";
import { on, type ActionRows } from "#test/support/action-rows.ts";

const note = (id: string, item: string) => on(id, { item, content: { kind: "note", text: "x" } });
const check = (id: string) => on(id, { item: "dns-records" });
const overruling = (id: string) => on(id, { evidenceId: randomUUID(), reason: "x" });

export const rows: ActionRows = {
  addEvidenceAction: {
    asks: "evidence.add",
    about: "record",
    takesRevision: true,
    example: (_world, id) => note(id, "cdn"),
    refusals: [
      ["wrong role", "auditor", ({ fresh }) => note(fresh, "cdn"), "forbidden"],
      ["out of order", "engineer", ({ fresh }) => note(fresh, "staging-matches"), "phase-locked"],
      ["another team's", "engineer", ({ foreign }) => note(foreign, "cdn"), "not-found"],
    ],
  },
  runCheckAction: {
    asks: "checks.run",
    about: "record",
    takesRevision: true,
    example: (_world, id) => check(id),
    refusals: [
      ["wrong role", "auditor", ({ fresh }) => check(fresh), "forbidden"],
      ["no address", "engineer", ({ fresh }) => check(fresh), "invalid-input"],
      ["another team's", "engineer", ({ foreign }) => check(foreign), "not-found"],
    ],
  },
  overruleVerdictAction: {
    asks: "verdict.overrule",
    about: "record",
    takesRevision: true,
    example: (_world, id) => overruling(id),
    ruleSays: "not-found",
    refusals: [
      ["wrong role", "engineer", ({ fresh }) => overruling(fresh), "forbidden"],
      ["no such verdict", "lead", ({ fresh }) => overruling(fresh), "not-found"],
      ["another team's", "lead", ({ foreign }) => overruling(foreign), "not-found"],
    ],
  },
};
