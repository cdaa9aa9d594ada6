import { Rejection } from "#lib/domain/rejection.ts";
import { logSecurity } from "./security-log.ts";

type Caller = { readonly id: string; readonly kind: string };

/** Notes in the security log that somebody asked for what their roles do not allow. Nothing else is noted. */
export async function noteRefusedAccess(error: unknown, caller: Caller, address: string): Promise<void> {
  if (!(error instanceof Rejection) || error.code !== "forbidden") return;
  const by = caller.kind === "token" ? "by API token: " : "";
  await logSecurity("access.refused", { personId: caller.id, address, detail: `${by}${error.message}` });
}
