import { expect, test } from "vitest";
import { judgeAudit } from "#scripts/audit/judge-audit.ts";

const reportOf = (...severities: readonly string[]) =>
  JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: Object.fromEntries(
      severities.map((severity, index) => [`package-${index}`, { severity, range: "<2.0.0" }]),
    ),
    metadata: { dependencies: { prod: 300 } },
  });

test.each([
  ["none", reportOf(), 0, "300 packages audited, 0 high or critical, 0 lower"],
  ["lower ones", reportOf("low", "moderate"), 0, "300 packages audited, 0 high or critical, 2 lower"],
  ["a high one", reportOf("high"), 1, "high: package-0 <2.0.0"],
  ["a critical one", reportOf("low", "critical"), 1, "critical: package-1 <2.0.0"],
])("%s", (_title, printed, exitCode, line) => {
  const judgement = judgeAudit(printed);
  expect(judgement.exitCode).toBe(exitCode);
  expect(judgement.lines).toContain(line);
});

test.each([
  [
    "a registry without audits",
    '{"message":"405 Method Not Allowed","statusCode":405}',
    "405 Method Not Allowed",
  ],
  ["no output", "", "it printed no report"],
  ["a report of no packages", '{"vulnerabilities":{},"metadata":{"dependencies":{"prod":0}}}', "no report"],
  ["another shape", '{"advisories":{}}', "it printed no report"],
])("%s is not audited, which is no pass", (_title, printed, why) => {
  const { exitCode, lines } = judgeAudit(printed);
  expect(exitCode).toBe(2);
  expect(lines[0]).toContain("NOT AUDITED");
  expect(lines[0]).toContain(why);
});
