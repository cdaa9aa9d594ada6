import { z } from "zod";
import type { Finding } from "#lib/domain/check-result.ts";

const text = z.string().nullish();

// What the questions ask about and nothing else: a state's other values may be secrets.
const values = z.object({
  health_check: z.array(z.object({ enabled: z.boolean().nullish() })).nullish(),
  target_type: text,
  service_namespace: text,
  resource_id: text,
  alarm_actions: z.array(z.string()).nullish(),
  actions_enabled: z.boolean().nullish(),
  cluster_identifier: text,
  replicate_source_db: text,
  identifier: text,
});
const resource = z.object({
  address: z.string(),
  mode: z.string(),
  type: z.string(),
  values: values.default({}),
});

export type Resource = z.infer<typeof resource>;

type Module = { readonly resources: Resource[]; readonly child_modules: Module[] };

const moduleSchema: z.ZodType<Module> = z.object({
  resources: z.array(resource).default([]),
  child_modules: z.lazy(() => z.array(moduleSchema)).default([]),
});

export const shownState = z.object({
  format_version: z.string("There is no `format_version`"),
  values: z.object({ root_module: moduleSchema }, "There are no `values`: is it a plan?"),
});

/** What Terraform manages, of every module. Data sources are only read, so they show nothing. */
export function resourcesOf({ values: { root_module } }: z.infer<typeof shownState>): readonly Resource[] {
  return all(root_module).filter(({ mode }) => mode === "managed");
}

export function ofType(resources: readonly Resource[], ...types: readonly string[]): readonly Resource[] {
  return resources.filter(({ type }) => types.includes(type));
}

/** How a resource stands: passes without a fault. */
export function findingOn({ address }: Resource, fault: string | null): Finding {
  return { level: fault === null ? "pass" : "fail", title: address, detail: fault };
}

function all({ resources, child_modules }: Module): readonly Resource[] {
  return [...resources, ...child_modules.flatMap(all)];
}
