import { z } from "zod";
import { APPROVER_ROLES } from "../roles.ts";
import { proofInput } from "./proof.ts";
import { optionalText, reason, recordId, text } from "./text.ts";

const digest = z.string().regex(/^[0-9a-f]{64}$/, "Not a digest");

const signature = z.strictObject({
  deploymentId: recordId,
  role: z.enum(APPROVER_ROLES),
  /** The delegation by which one signs in somebody's place; left out when one signs for oneself. */
  delegation: recordId.nullish(),
  digest,
  /** Proof of identity at signing. */
  proof: proofInput,
});

export const grantApprovalInput = signature.extend({ comment: optionalText(4_000) });
export const rejectApprovalInput = signature.extend({ reason });
export const answerRejectionInput = z.strictObject({
  deploymentId: recordId,
  /** The round of the rejection that was shown. */
  round: z.int().positive(),
  answer: text(4_000, "Answer the rejection"),
});

/** What a passkey is to sign, and the origin of the page that asks it. */
export const signatureChallengeInput = z.strictObject({
  deploymentId: recordId,
  role: z.string().regex(/^[a-z-]{1,40}$/, "Not a role"),
  delegation: recordId.optional(),
  decision: z.enum(["approve", "reject", "break-glass"]),
  digest,
  origin: z.url().max(300),
});

export type GrantApprovalInput = z.infer<typeof grantApprovalInput>;
export type RejectApprovalInput = z.infer<typeof rejectApprovalInput>;
export type AnswerRejectionInput = z.infer<typeof answerRejectionInput>;
export type SignatureChallengeInput = z.infer<typeof signatureChallengeInput>;
