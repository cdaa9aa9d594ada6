import { z } from "zod";

/** GitHub's `deployment_protection_rule` webhook, as far as the answer needs it. */
export const protectionRulePayload = z.object({
  action: z.literal("requested"),
  environment: z.string().min(1).max(255),
  deployment_callback_url: z.url().max(2_000),
  deployment: z.object({ sha: z.string().regex(/^[0-9a-f]{40}$/) }),
  repository: z.object({ full_name: z.string().min(3).max(200) }),
  installation: z.object({ id: z.int().positive() }),
});

export type ProtectionRulePayload = z.infer<typeof protectionRulePayload>;
