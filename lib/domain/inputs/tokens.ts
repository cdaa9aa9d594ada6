import { z } from "zod";
import { TOKEN_SCOPES } from "../token-scopes.ts";
import { name, recordId } from "./text.ts";

export const TOKEN_DAYS_AT_MOST = 366;

export const createTokenInput = z.strictObject({
  name: name(100, "Name the token"),
  scopes: z
    .array(z.enum(TOKEN_SCOPES))
    .min(1, "Choose at least one scope")
    .refine((chosen) => new Set(chosen).size === chosen.length, "Each scope at most once"),
  /** Days until it ends. */
  days: z
    .int("Must be a whole number")
    .min(1, "At least one day")
    .max(TOKEN_DAYS_AT_MOST, "At most 366 days")
    .default(90),
});

export const tokenInput = z.strictObject({ tokenId: recordId });

export type CreateTokenInput = z.infer<typeof createTokenInput>;
export type TokenInput = z.infer<typeof tokenInput>;
