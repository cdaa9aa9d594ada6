import { z } from "zod";
import { APPROVER_ROLES } from "../roles.ts";
import { optionalText, reason, recordId, text } from "./text.ts";

const signature = z.strictObject({
  deploymentId: recordId,
  role: z.enum(APPROVER_ROLES),
  digest: z.string().regex(/^[0-9a-f]{64}$/, "Not a digest"),
  /** Proof of identity at signing; not trimmed, since a password may begin with a space. */
  password: z.string().min(1, "Enter your password").max(1_000),
});

export const grantApprovalInput = signature.extend({ comment: optionalText(4_000) });
export const rejectApprovalInput = signature.extend({ reason });
export const answerRejectionInput = z.strictObject({
  deploymentId: recordId,
  answer: text(4_000, "Answer the rejection"),
});

export type GrantApprovalInput = z.infer<typeof grantApprovalInput>;
export type RejectApprovalInput = z.infer<typeof rejectApprovalInput>;
export type AnswerRejectionInput = z.infer<typeof answerRejectionInput>;
