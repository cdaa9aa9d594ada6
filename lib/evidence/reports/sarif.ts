import { z } from "zod";
import { checkResult, verdictOf, type Finding } from "#lib/domain/check-result.ts";
import { defineReport } from "../checker.ts";
import { readJson } from "./json-report.ts";

const LEVELS = ["none", "note", "warning", "error"] as const;
const level = z.enum(LEVELS);
/** Kinds of results that a person still has to look at. */
const UNDECIDED = ["review", "open"];
/** From here on GitHub and most scanners call a finding high. */
const HIGH_SECURITY_SEVERITY = 7;

const rule = z.object({
  id: z.string(),
  defaultConfiguration: z.object({ level: level.optional() }).optional(),
  properties: z.object({ "security-severity": z.coerce.number().optional() }).optional(),
});
const result = z.object({
  ruleId: z.string().optional(),
  ruleIndex: z.int().min(-1).optional(),
  rule: z.object({ id: z.string().optional(), index: z.int().min(-1).optional() }).default({}),
  kind: z.string().default("fail"),
  level: level.optional(),
  message: z.object({ text: z.string().optional() }).default({}),
  suppressions: z.array(z.object({ status: z.string().default("accepted") })).default([]),
  locations: z
    .array(
      z.object({
        physicalLocation: z
          .object({ artifactLocation: z.object({ uri: z.string().optional() }).optional() })
          .optional(),
      }),
    )
    .default([]),
});
const ruleConfigurationOverrides = z
  .array(
    z.object({
      descriptor: z.object({ id: z.string().optional() }),
      configuration: z.object({ level: level.optional() }),
    }),
  )
  .default([]);
const run = z.object({
  tool: z.object({
    driver: z.object({ name: z.string(), rules: z.array(rule).default([]) }),
    extensions: z.array(z.object({ rules: z.array(rule).default([]) })).default([]),
  }),
  invocations: z
    .array(z.object({ executionSuccessful: z.boolean(), ruleConfigurationOverrides }))
    .default([]),
  results: z.array(result).optional(),
});
const log = z.object({
  version: z.literal("2.1.0", "It is not SARIF 2.1.0"),
  runs: z.array(run).min(1, "It has no run"),
});

type Run = z.infer<typeof run>;
type Result = z.infer<typeof result>;

/** Results of static analysis and scanners in SARIF 2.1.0. */
export const sarif = defineReport({
  key: "sarif",
  title: "SARIF results",
  source: "a scanner's SARIF 2.1.0, such as semgrep --sarif or trivy --format sarif",
  parameters: z.object({
    failOn: z.enum(["warning", "error"]),
    /** Only these tools can tell, by a part of their name; any when left out. */
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

function findingsOf(entry: Run, failOn: "warning" | "error"): readonly Finding[] {
  const { tool, invocations, results } = entry;
  const aborted = invocations.some(({ executionSuccessful }) => !executionSuccessful);
  const whole: readonly Finding[] =
    results === undefined || aborted
      ? [{ level: "unknown", title: `${tool.driver.name} did not finish its run`, detail: null }]
      : [];
  return [
    ...whole,
    ...(results ?? [])
      .filter(({ kind }) => kind === "fail" || UNDECIDED.includes(kind))
      .map((found) => findingOf(entry, found, failOn)),
  ];
}

function unableFinding({ tool }: Run, able: readonly string[] | undefined): readonly Finding[] {
  const name = tool.driver.name.toLowerCase();
  if (able === undefined || able.some((part) => name.includes(part))) return [];
  return [{ level: "unknown", title: `${tool.driver.name} does not look for this`, detail: null }];
}

function findingOf(entry: Run, found: Result, failOn: "warning" | "error"): Finding {
  const at = levelOf(entry, found);
  const suppressed =
    found.suppressions.length > 0 && found.suppressions.every(({ status }) => status === "accepted");
  const fails = !suppressed && LEVELS.indexOf(at) >= LEVELS.indexOf(failOn);
  return {
    level: UNDECIDED.includes(found.kind) && !suppressed ? "unknown" : fails ? "fail" : "info",
    title: `${found.ruleId ?? ruleOf(entry, found)?.id ?? "a rule"}: ${suppressed ? "suppressed" : at}`,
    detail:
      [found.message.text, found.locations[0]?.physicalLocation?.artifactLocation?.uri]
        .filter(Boolean)
        .join(" · ") || null,
  };
}

// SARIF 3.27.10: the result's own level, else its rule's, else a warning. A severe rule is an error.
function levelOf(entry: Run, found: Result): (typeof LEVELS)[number] {
  const known = ruleOf(entry, found);
  const severity = known?.properties?.["security-severity"];
  if (severity !== undefined && severity >= HIGH_SECURITY_SEVERITY) return "error";
  const overrides = entry.invocations.flatMap((invocation) => invocation.ruleConfigurationOverrides);
  const overridden = overrides.findLast(
    ({ descriptor }) => descriptor.id !== undefined && descriptor.id === known?.id,
  );
  return found.level ?? overridden?.configuration.level ?? known?.defaultConfiguration?.level ?? "warning";
}

// A result's rule stands in the driver or an extension; `a/b` is a case of rule `a`.
function ruleOf({ tool }: Run, { ruleId, ruleIndex, rule: ref }: Result) {
  const id = ruleId ?? ref.id;
  const rules = [...tool.driver.rules, ...tool.extensions.flatMap((extension) => extension.rules)];
  const named =
    id === undefined ? undefined : rules.find((known) => id === known.id || id.startsWith(`${known.id}/`));
  return named ?? tool.driver.rules[ruleIndex ?? ref.index ?? -1];
}
