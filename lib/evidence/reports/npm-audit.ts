import { z } from "zod";
import { checkResult, verdictOf, type Finding } from "#lib/domain/check-result.ts";
import { defineReport } from "../checker.ts";
import { readJson } from "./json-report.ts";
import { counts, isAtLeast, SEVERITIES, severity } from "./severity.ts";

const via = z.union([z.string(), z.object({ title: z.string().optional(), url: z.string().optional() })]);

const report = z.object({
  auditReportVersion: z.literal(2, "There is no `auditReportVersion` 2"),
  vulnerabilities: z.record(
    z.string(),
    z.object({ name: z.string(), severity, range: z.string().default(""), via: z.array(via).default([]) }),
  ),
  metadata: z.object({
    vulnerabilities: z.object({ total: z.int().min(0) }).catchall(z.number()),
    dependencies: z.object({ total: z.int().min(0) }).optional(),
  }),
});

/** `npm audit --json` of npm 7 and later. */
export const npmAudit = defineReport({
  key: "npm-audit",
  title: "npm audit",
  source: "npm audit --json",
  parameters: z.object({ failOn: z.enum(SEVERITIES) }),
  parse: (text) => readJson(text, report, "an npm audit report"),
  evaluate: ({ vulnerabilities, metadata }, { failOn }) => {
    const found = Object.values(vulnerabilities);
    const findings = found.map((entry): Finding => ({
      level: isAtLeast(entry.severity, failOn) ? "fail" : "info",
      title: `${entry.name} ${entry.range}: ${entry.severity}`,
      detail: entry.via
        .map((cause) => (typeof cause === "string" ? `through ${cause}` : (cause.title ?? "")))
        .join("; "),
    }));
    if (metadata.dependencies?.total === 0) {
      return checkResult("unknown", "No dependency was looked at", findings);
    }
    const disagrees = SEVERITIES.find((name) => {
      const counted = metadata.vulnerabilities[name];
      return counted !== undefined && counted !== found.filter((entry) => entry.severity === name).length;
    });
    if (disagrees !== undefined) {
      return checkResult(
        "unknown",
        `The report counts other vulnerabilities (${disagrees}) than it lists`,
        findings,
      );
    }
    if (found.length !== metadata.vulnerabilities.total) {
      return checkResult(
        "unknown",
        `The report counts ${metadata.vulnerabilities.total} vulnerabilities and lists ${found.length}`,
        findings,
      );
    }
    const clear: Finding = {
      level: "pass",
      title: `No vulnerability of severity ${failOn} or above`,
      detail: null,
    };
    return checkResult(
      verdictOf([...findings, clear]),
      counts(
        found.map((entry) => entry.severity),
        failOn,
      ),
      findings,
    );
  },
});
