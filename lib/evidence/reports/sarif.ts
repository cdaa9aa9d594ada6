import { z } from "zod";
import { checkResult, verdictOf, type Finding } from "#lib/domain/check-result.ts";
import { defineReport } from "../checker.ts";
import { readJson } from "./json-report.ts";
import { LEVELS, log, type Level, type Result, type Run } from "./sarif/log.ts";
import { judgeLevels, type Judged } from "./sarif/rules.ts";

/** Kinds of results that a person still has to look at. */
const UNDECIDED = ["review", "open"];

/** Results of static analysis and scanners in SARIF 2.1.0. */
export const sarif = defineReport({
  key: "sarif",
  title: "SARIF results",
  source: "a scanner's SARIF 2.1.0, such as semgrep --sarif or trivy --format sarif",
  parameters: z.object({
    failOn: z.enum(["warning", "error"]),
    /** Only these tools can tell, by words of their names; any when left out. */
    tools: z.array(z.string()).optional(),
  }),
  parse: (text) => readJson(text, log, "a SARIF log"),
  evaluate: ({ runs }, { failOn, tools: able }) => {
    const findings = runs.flatMap((entry) => [...unableFinding(entry, able), ...findingsOf(entry, failOn)]);
    const failed = findings.filter((finding) => finding.level === "fail").length;
    const total = runs.reduce((sum, { results = [] }) => sum + results.length, 0);
    const clear: Finding = { level: "pass", title: `Nothing at ${failOn} or above`, detail: null };
    const tools = runs.map(({ tool }) => tool.driver.name).join(", ");
    return checkResult(
      verdictOf([...findings, clear]),
      `${failed} of ${total} results of ${tools} stand at ${failOn} or above; none is allowed`,
      findings,
    );
  },
});

function findingsOf(entry: Run, failOn: Level): readonly Finding[] {
  const { tool, invocations, results } = entry;
  const aborted = invocations.some((invocation) => !isSound(invocation));
  const whole: readonly Finding[] =
    results === undefined || aborted
      ? [{ level: "unknown", title: `${tool.driver.name} did not finish its run`, detail: null }]
      : [];
  const judge = judgeLevels(entry);
  return [
    ...whole,
    ...(results ?? [])
      .filter(({ kind }) => kind === "fail" || UNDECIDED.includes(kind))
      .map((found) => findingOf(found, judge(found), failOn)),
  ];
}

// A tool that met an error of its own has not seen everything, though it may call its run a success.
function isSound(invocation: Run["invocations"][number]): boolean {
  const { executionSuccessful, toolExecutionNotifications, toolConfigurationNotifications } = invocation;
  const told = [...toolExecutionNotifications, ...toolConfigurationNotifications];
  return executionSuccessful && told.every(({ level }) => level !== "error");
}

// By whole words: `Snyk Open Source` looks at dependencies, `SnykCode` does not.
function unableFinding({ tool: { driver } }: Run, able: readonly string[] | undefined): readonly Finding[] {
  const words = (name: string) => ` ${name.toLowerCase().replace(/[^a-z0-9]+/g, " ")} `;
  if (able === undefined || able.some((name) => words(driver.name).includes(words(name)))) return [];
  return [{ level: "unknown", title: `${driver.name} does not look for this`, detail: null }];
}

function levelOf(kind: Result["kind"], level: Level, failOn: Level): Finding["level"] {
  if (UNDECIDED.includes(kind)) return "unknown";
  return LEVELS.indexOf(level) >= LEVELS.indexOf(failOn) ? "fail" : "info";
}

function findingOf(found: Result, { level, rule }: Judged, failOn: Level): Finding {
  const { suppressions, kind, message, locations } = found;
  const suppressed = suppressions.length > 0 && suppressions.every(({ status }) => status === "accepted");
  return {
    level: suppressed ? "info" : levelOf(kind, level, failOn),
    title: `${found.ruleId ?? rule?.id ?? "a rule"}: ${suppressed ? "suppressed" : level}`,
    detail:
      [message.text, locations[0]?.physicalLocation?.artifactLocation?.uri].filter(Boolean).join(" · ") ||
      null,
  };
}
