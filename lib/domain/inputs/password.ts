import { z } from "zod";
import { COMMON_PASSWORDS } from "../common-passwords.ts";

/**
 * A new password, after NIST SP 800-63B and ASVS 5: 12 to 1,000 characters, whole and untrimmed, of
 * any kind; not one of the most common, nor one character over and over.
 */
export const password = z
  .string()
  .min(12, "At least 12 characters")
  .max(1_000, "At most 1,000 characters")
  .refine((text) => text.isWellFormed(), "Contains characters that cannot be stored")
  .refine(isUncommon, "Too many people use this password; choose another");

function isUncommon(text: string): boolean {
  const plain = text.normalize("NFKC").toLowerCase();
  return !COMMON_PASSWORDS.has(plain) && new Set(plain).size > 2;
}
