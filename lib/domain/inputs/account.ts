import { z } from "zod";
import { password } from "./password.ts";
import { currentPassword, proofInput, registrationInput } from "./proof.ts";
import { name, recordId } from "./text.ts";

/** The address bar of the page that asks, which says where a passkey would work. */
export const originInput = z.strictObject({ origin: z.url().max(300) });
/** For what needs no more than the will to do it. */
export const confirmedInput = z.strictObject({ confirmed: z.literal(true) });
export const stepUpInput = z.strictObject({ proof: proofInput });
export const addPasskeyInput = z.strictObject({
  challengeId: recordId,
  name: name(100, "Give it a name"),
  answer: registrationInput,
});
export const passkeyInput = z.strictObject({ passkeyId: recordId });
export const confirmTotpInput = z.strictObject({
  code: z
    .string()
    .transform((code) => code.replace(/\s/g, ""))
    .pipe(z.string().regex(/^\d{6}$/, "Enter the six digits that your app shows")),
});
export const ownPasswordInput = z.strictObject({ current: currentPassword, password });
export const sessionInput = z.strictObject({ sessionId: recordId });
export const recoveryLinkInput = z.strictObject({ personId: recordId, dropsFactors: z.boolean() });
export const recoverInput = z.strictObject({
  token: z.string().regex(/^[\w-]{43}$/, "This link does not hold"),
  password,
});

export type OriginInput = z.infer<typeof originInput>;
export type StepUpInput = z.infer<typeof stepUpInput>;
export type AddPasskeyInput = z.infer<typeof addPasskeyInput>;
export type PasskeyInput = z.infer<typeof passkeyInput>;
export type ConfirmTotpInput = z.infer<typeof confirmTotpInput>;
export type OwnPasswordInput = z.infer<typeof ownPasswordInput>;
export type SessionInput = z.infer<typeof sessionInput>;
export type RecoveryLinkInput = z.infer<typeof recoveryLinkInput>;
export type RecoverInput = z.infer<typeof recoverInput>;
