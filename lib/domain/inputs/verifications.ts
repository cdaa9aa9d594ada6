import { z } from "zod";
import { instant, recordId } from "./text.ts";

/** What is verified: one record, every history in which something happened in a span of time, or all. */
export const verificationScope = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("deployment"), deploymentId: recordId }),
    z.strictObject({ kind: z.literal("range"), from: instant(), to: instant() }),
    z.strictObject({ kind: z.literal("everything") }),
  ])
  .refine((scope) => scope.kind !== "range" || scope.from < scope.to, {
    path: ["to"],
    message: "The end comes after the beginning",
  });

export const verificationInput = z.strictObject({ scope: verificationScope });

export type VerificationScope = z.infer<typeof verificationScope>;
export type VerificationInput = z.infer<typeof verificationInput>;
