import { z } from "zod";
import { CONCLUSIONS } from "../break-glass-request.ts";
import { APPROVER_ROLES } from "../roles.ts";
import { proofInput } from "./proof.ts";
import { phaseKey, reason, recordId, text } from "./text.ts";

const ref = { deploymentId: recordId, request: z.int().positive() };

export const requestBreakGlassInput = z.strictObject({ deploymentId: recordId, phase: phaseKey, reason });
export const confirmBreakGlassInput = z.strictObject({
  ...ref,
  role: z.enum(APPROVER_ROLES),
  digest: z.string().regex(/^[0-9a-f]{64}$/, "Not a digest"),
  /** Proof of identity, as in a signature. */
  proof: proofInput,
});
export const withdrawBreakGlassInput = z.strictObject(ref);
export const reviewBreakGlassInput = z.strictObject({
  ...ref,
  conclusion: z.enum(CONCLUSIONS, "Say whether it was justified"),
  finding: text(4_000, "Write what you found"),
});

export type RequestBreakGlassInput = z.infer<typeof requestBreakGlassInput>;
export type ConfirmBreakGlassInput = z.infer<typeof confirmBreakGlassInput>;
export type WithdrawBreakGlassInput = z.infer<typeof withdrawBreakGlassInput>;
export type ReviewBreakGlassInput = z.infer<typeof reviewBreakGlassInput>;
