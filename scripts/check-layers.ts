import { cruise } from "dependency-cruiser";
import { LAYERS } from "./layers.ts";

// Fails on a breach, and when it saw too few modules to have looked at all.
const MODULES_AT_LEAST = 150;
const { output } = await cruise(
  ["app", "components", "lib", "proxy.ts"],
  { ...LAYERS.options, ruleSet: { forbidden: LAYERS.forbidden ?? [] }, validate: true },
  undefined,
  {},
);
if (typeof output === "string") throw new Error("dependency-cruiser answered with text instead of a result");
const { violations, totalCruised } = output.summary;
for (const { rule, from, to } of violations) process.stdout.write(`${rule.name}: ${from} → ${to}\n`);
if (totalCruised < MODULES_AT_LEAST) process.stdout.write(`only ${totalCruised} modules were seen\n`);
process.exitCode = violations.length > 0 || totalCruised < MODULES_AT_LEAST ? 1 : 0;
process.stdout.write(`${totalCruised} modules, ${violations.length} breaches\n`);
