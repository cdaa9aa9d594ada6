import type { Level, Reference, Result, Rule, Run } from "./log.ts";

/** From here on GitHub and most scanners call a finding high. */
const HIGH_SECURITY_SEVERITY = 7;

export type Judged = { readonly level: Level; readonly rule: Rule | undefined };

/**
 * How a run's results stand. SARIF 3.27.10: the result's own level, else the run's override for its
 * rule, else the rule's, else a warning. A severe rule is an error whatever a result says.
 */
export function judgeLevels(run: Run): (result: Result) => Judged {
  const find = ruleFinder(run);
  const overrides = new Map(
    run.invocations.flatMap(({ ruleConfigurationOverrides }) =>
      ruleConfigurationOverrides.flatMap(({ descriptor, configuration }) => {
        const id = find(descriptor)?.id ?? descriptor.id;
        return id === undefined ? [] : [[id, configuration.level] as const];
      }),
    ),
  );
  return ({ ruleId, ruleIndex, rule: ref, level }) => {
    const id = ruleId ?? ref.id;
    const rule = find({ ...ref, id, index: ref.index ?? ruleIndex });
    const severe = (rule?.properties?.["security-severity"] ?? 0) >= HIGH_SECURITY_SEVERITY;
    const overridden = overrides.get(rule?.id ?? id ?? "");
    const own = level ?? overridden ?? rule?.defaultConfiguration?.level ?? "warning";
    return { level: severe ? "error" : own, rule };
  };
}

// A rule stands in the driver or in an extension; `a/b` is a case of rule `a` (SARIF 3.5.4).
function ruleFinder({ tool }: Run): (reference: Reference) => Rule | undefined {
  const components = [tool.driver, ...tool.extensions];
  const byId = new Map(
    components.toReversed().flatMap(({ rules }) => rules.map((rule) => [rule.id, rule] as const)),
  );
  return ({ id, index = -1, toolComponent }) => {
    for (let name = id ?? ""; name !== ""; name = name.slice(0, Math.max(0, name.lastIndexOf("/")))) {
      const rule = byId.get(name);
      if (rule !== undefined) return rule;
    }
    const { rules } = tool.extensions[toolComponent?.index ?? -1] ?? tool.driver;
    return rules[index];
  };
}
