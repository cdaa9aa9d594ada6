import { z } from "zod";
import { checkResult, verdictOf } from "#lib/domain/check-result.ts";
import { defineReport } from "../checker.ts";
import { readJson } from "./json-report.ts";
import { judgeAlarms } from "./terraform/alarms.ts";
import { judgeAutoScaling } from "./terraform/auto-scaling.ts";
import { judgeDatabase } from "./terraform/database.ts";
import { judgeLoadBalancer } from "./terraform/load-balancer.ts";
import { resourcesOf, shownState } from "./terraform/resources.ts";
import { judgeServiceDiscovery } from "./terraform/service-discovery.ts";

const JUDGES = {
  "service-discovery": judgeServiceDiscovery,
  "load-balancer": judgeLoadBalancer,
  "auto-scaling": judgeAutoScaling,
  alarms: judgeAlarms,
  database: judgeDatabase,
} as const;

const check = z.enum(["service-discovery", "load-balancer", "auto-scaling", "alarms", "database"]);

/** `terraform show -json` of what is applied: one question for each item of the list. */
export const terraformResources = defineReport({
  key: "terraform-resources",
  title: "Terraform resources",
  source: "terraform show -json, of the state that is applied",
  parameters: z.object({ check }),
  parse: (text) => resourcesOf(readJson(text, shownState, "a Terraform state as `show -json` prints it")),
  keep: (resources) => JSON.stringify(resources, null, 2),
  evaluate: (resources, parameters) => {
    const findings = JUDGES[parameters.check](resources);
    if (findings.length === 0)
      return checkResult("unknown", "The state holds nothing that this question is about");
    const failed = findings.filter(({ level }) => level === "fail").length;
    const summary =
      failed === 0 ? `${findings.length} looked at, none fails` : `${failed} of ${findings.length} fail`;
    return checkResult(verdictOf(findings), summary, findings);
  },
});
