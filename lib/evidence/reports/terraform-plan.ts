import { z } from "zod";
import { checkResult, verdictOf, type Finding } from "#lib/domain/check-result.ts";
import { defineReport } from "../checker.ts";
import { readJson } from "./json-report.ts";

const change = z.object({
  address: z.string(),
  /** Where the state still has it: a move that is pending, though nothing else changes. */
  previous_address: z.string().optional(),
  change: z.object({
    actions: z.array(z.string()).min(1),
    // What is imported is pending, whatever else happens to it; its id is nobody's business.
    importing: z.object({}).nullish(),
  }),
});
const plan = z.object({
  format_version: z.string("There is no `format_version`"),
  planned_values: z.object({}, "There are no `planned_values`"),
  resource_changes: z.array(change).default([]),
  resource_drift: z.array(change).default([]),
  output_changes: z.record(z.string(), z.object({ actions: z.array(z.string()) })).default({}),
  checks: z.array(z.object({ status: z.string() })).default([]),
  deferred_changes: z.array(z.object({})).default([]),
  errored: z.boolean().default(false),
  complete: z.boolean().default(true),
});

const NOTHING = ["no-op", "read"];

/** `terraform show -json PLAN`: applied means that nothing is pending and nothing has drifted. */
export const terraformPlan = defineReport({
  key: "terraform-plan",
  title: "Terraform plan",
  source: "terraform plan -out=plan && terraform show -json plan",
  parameters: z.object({}),
  parse: (text) => readJson(text, plan, "a Terraform plan"),
  keep: (facts) => JSON.stringify(facts, null, 2),
  evaluate: ({
    resource_changes,
    resource_drift,
    output_changes,
    checks,
    deferred_changes,
    errored,
    complete,
  }) => {
    if (errored || !complete || deferred_changes.length > 0)
      return checkResult("unknown", "The plan did not finish");
    if (resource_changes.length === 0) return checkResult("unknown", "The plan names no resource");
    const pending = resource_changes.filter(isPending);
    const outputs = Object.entries(output_changes).filter(([, { actions }]) => actions.some(changes));
    const failing = checks.filter(({ status }) => status === "fail" || status === "error").length;
    const findings: readonly Finding[] = [
      ...outputs.map(([name]): Finding => ({ level: "fail", title: `Output ${name}`, detail: "pending" })),
      ...(failing === 0 ? [] : [{ level: "fail" as const, title: `${failing} checks fail`, detail: null }]),
      ...pending.map((entry) => findingOf(entry, "pending")),
      ...resource_drift.filter(isPending).map((entry) => findingOf(entry, "drifted")),
    ];
    const clear: Finding = {
      level: "pass",
      title: `${resource_changes.length} resources as planned`,
      detail: null,
    };
    const summary =
      findings.length === 0
        ? "Nothing is pending"
        : `${pending.length} changes are pending, ${findings.length - pending.length} resources have drifted`;
    return checkResult(verdictOf([...findings, clear]), summary, findings);
  },
});

type Entry = z.infer<typeof change>;

function isPending(entry: Entry): boolean {
  return isImported(entry) || entry.previous_address !== undefined || entry.change.actions.some(changes);
}

function isImported({ change: { importing } }: Entry): boolean {
  return (importing ?? null) !== null;
}

function changes(action: string): boolean {
  return !NOTHING.includes(action);
}

function findingOf(entry: Entry, detail: string): Finding {
  return { level: "fail", title: `${entry.address}: ${whatHappens(entry)}`, detail };
}

function whatHappens(entry: Entry): string {
  if (isImported(entry)) return "import";
  const actions = entry.change.actions.filter(changes);
  return actions.length === 0 ? `move from ${entry.previous_address ?? "elsewhere"}` : actions.join(" and ");
}
