import { Rejection } from "#lib/domain/rejection.ts";
import { isWithinLimit } from "./attempt-limits.ts";
import { logSecurity } from "./security-log.ts";

type Caller = { readonly id: string; readonly kind: string };

/**
 * Notes in the security log that somebody asked for what their roles do not allow. Nothing else is noted, and
 * of a flood its beginning, with a line that says so: nobody buries what else is there.
 */
export async function noteRefusedAccess(error: unknown, caller: Caller, address: string): Promise<void> {
  if (!(error instanceof Rejection) || error.code !== "forbidden") return;
  const by = caller.kind === "token" ? "by API token: " : "";
  const note = async (detail: string) =>
    logSecurity("access.refused", { personId: caller.id, address, detail: `${by}${detail}` });
  const more = async () => note("more of this kind, left out for an hour");
  if (await isWithinLimit("refused-access", caller.id, more)) await note(error.message);
}
