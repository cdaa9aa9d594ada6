import { z } from "zod";

export const LEVELS = ["none", "note", "warning", "error"] as const;
const level = z.enum(LEVELS);

const rule = z.object({
  id: z.string(),
  defaultConfiguration: z.object({ level: level.optional() }).optional(),
  properties: z.object({ "security-severity": z.coerce.number().optional() }).optional(),
});
const reference = z.object({
  id: z.string().optional(),
  index: z.int().min(-1).optional(),
  toolComponent: z.object({ index: z.int().min(-1).optional() }).optional(),
});
const result = z.object({
  ruleId: z.string().optional(),
  ruleIndex: z.int().min(-1).optional(),
  rule: reference.default({}),
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
      descriptor: reference,
      configuration: z.object({ level: level.optional() }),
    }),
  )
  .default([]);
const notifications = z.array(z.object({ level: level.default("warning") })).default([]);
const run = z.object({
  tool: z.object({
    driver: z.object({ name: z.string(), rules: z.array(rule).default([]) }),
    extensions: z.array(z.object({ rules: z.array(rule).default([]) })).default([]),
  }),
  invocations: z
    .array(
      z.object({
        executionSuccessful: z.boolean(),
        ruleConfigurationOverrides,
        toolExecutionNotifications: notifications,
        toolConfigurationNotifications: notifications,
      }),
    )
    .default([]),
  results: z.array(result).optional(),
});
/** What is read of a SARIF 2.1.0 log. */
export const log = z.object({
  version: z.literal("2.1.0", "It is not SARIF 2.1.0"),
  runs: z.array(run).min(1, "It has no run"),
});

export type Level = (typeof LEVELS)[number];
export type Run = z.infer<typeof run>;
export type Result = z.infer<typeof result>;
export type Rule = z.infer<typeof rule>;
export type Reference = z.infer<typeof reference>;
