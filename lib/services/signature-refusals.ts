import { Rejection } from "#lib/domain/rejection.ts";
import { isCheckViolation } from "#lib/db/errors.ts";

/** What the database alone can tell at the moment of signing: a role, a delegation or an account that has just ended. */
export async function refusedBySignatureTrigger<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (isCheckViolation(error, "approvals_delegation_stands"))
      throw new Rejection("delegation-ended", "The delegation has just ended");
    if (isCheckViolation(error, "approvals_role_held"))
      throw new Rejection("forbidden", "The role has just been taken away");
    if (isCheckViolation(error, "approvals_account_open"))
      throw new Rejection("forbidden", "The account has just been closed");
    throw error;
  }
}
