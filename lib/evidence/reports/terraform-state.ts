import { z } from "zod";
import { checkResult } from "#lib/domain/check-result.ts";
import { defineReport } from "../checker.ts";
import { readJson } from "./json-report.ts";

const state = z.object({
  version: z.literal(4, "It is no state of version 4"),
  terraform_version: z.string(),
  serial: z.int().min(0),
  lineage: z.string().min(1),
  resources: z.array(
    z.object({
      mode: z.string().default("managed"),
      type: z.string(),
      name: z.string(),
      instances: z.array(z.object({})).default([]),
    }),
  ),
});

/** A state as it was read back from its backup: whole, and with something in it. */
export const terraformState = defineReport({
  key: "terraform-state",
  title: "Terraform state backup",
  source: "the backed-up state file, or terraform state pull",
  parameters: z.object({}),
  parse: (text) => readJson(text, state, "a Terraform state"),
  keep: (facts) => JSON.stringify(facts, null, 2),
  evaluate: ({ terraform_version, serial, lineage, resources }) => {
    const managed = resources.filter(({ mode, instances }) => mode === "managed" && instances.length > 0);
    if (managed.length === 0) return checkResult("unknown", "The state holds no resource");
    return checkResult(
      "pass",
      `Serial ${serial} of lineage ${lineage.slice(0, 8)} holds ${managed.length} resources (Terraform ${terraform_version})`,
    );
  },
});
