import { z } from "zod";
import { checkResult, verdictOf, type Finding } from "#lib/domain/check-result.ts";
import { defineReport } from "../checker.ts";
import { readJson } from "./json-report.ts";

const vulnerability = z.object({ id: z.string(), fix_versions: z.array(z.string()).default([]) });
const dependency = z.object({
  name: z.string(),
  version: z.string().default(""),
  vulns: z.array(vulnerability).optional(),
  skip_reason: z.string().optional(),
});
// pip-audit before 2.5 writes the list alone.
const report = z.union([
  z.object({ dependencies: z.array(dependency) }),
  z.array(dependency).transform((dependencies) => ({ dependencies })),
]);

/** `pip-audit --format json`. It knows no severities: any vulnerability fails. */
export const pipAudit = defineReport({
  key: "pip-audit",
  title: "pip-audit",
  source: "pip-audit --format json",
  parameters: z.object({}),
  parse: (text) => readJson(text, report, "a pip-audit report"),
  evaluate: ({ dependencies }) => {
    const findings = dependencies.flatMap(findingsOf);
    const vulnerable = findings.filter(({ level }) => level === "fail").length;
    const clear: Finding = { level: "pass", title: `${dependencies.length} packages audited`, detail: null };
    if (dependencies.length === 0) return checkResult("unknown", "The report lists no package", findings);
    const summary = `${vulnerable === 0 ? "No" : vulnerable} known vulnerabilities in ${dependencies.length} packages`;
    return checkResult(verdictOf([...findings, clear]), summary, findings);
  },
});

function findingsOf({ name, version, vulns, skip_reason }: z.infer<typeof dependency>): readonly Finding[] {
  if (vulns === undefined) {
    return [{ level: "unknown", title: `${name} was not audited`, detail: skip_reason ?? null }];
  }
  return vulns.map(({ id, fix_versions }) => ({
    level: "fail",
    title: `${name} ${version}: ${id}`,
    detail: fix_versions.length === 0 ? "no fixed version" : `fixed in ${fix_versions.join(", ")}`,
  }));
}
