import { Rejection } from "#lib/domain/rejection.ts";
import { findCalendarReader } from "#lib/auth/find-calendar-reader.ts";
import { canonicalOrigin } from "#lib/env.ts";
import { calendarFile } from "#lib/exports/calendar.ts";
import { calendarFeed } from "#lib/queries/calendar-feed.ts";
import { countAttempt } from "#lib/services/attempt-limits.ts";
import { logSecurity } from "#lib/services/security-log.ts";
import { clientAddress } from "./client-address.ts";
import { problemFor } from "./problem-for.ts";

/**
 * The deployments that the person of a secret address may see, for their calendar program. Says the
 * same of an address that never was and of one that was revoked.
 */
export async function readCalendar(request: Request, file: string): Promise<Response> {
  try {
    const token = /^([\w-]{43})\.ics$/.exec(file)?.[1];
    const reader = token === undefined ? null : await findCalendarReader(token);
    if (reader === null) {
      const address = clientAddress(request.headers);
      await countAttempt("bad-token", address, async () =>
        logSecurity("token.limited", { personId: null, address }),
      );
      throw new Rejection("not-found", "There is no such calendar");
    }
    return new Response(calendarFile(await calendarFeed(reader), canonicalOrigin()), {
      headers: {
        "content-type": "text/calendar; charset=utf-8",
        "content-disposition": 'inline; filename="deployments.ics"',
        "cache-control": "private, no-store",
      },
    });
  } catch (error) {
    return problemFor(error);
  }
}
