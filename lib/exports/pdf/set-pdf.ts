import { Rejection } from "#lib/domain/rejection.ts";
import { TooMuchWaiting } from "#lib/fair-turns.ts";
import { BeyondLimits, createThread } from "#lib/limited-thread.ts";
import type { RecordToExport } from "#lib/queries/export-record.ts";

type Limits = { readonly seconds: number; readonly megabytes: number };

/** Documents that wait for the one that is being set, and those of one person among them. */
const WAITING_AT_MOST = 5;
const WAITING_FOR_ONE = 2;
/** A record with more events has a thread for itself. */
const LARGE_EVENTS = 300;

/**
 * One record for reading and archiving, as a PDF, set in a thread of its own. Rejects with `too-large` when
 * that takes more than 60 seconds or 1 GB, and with `rate-limited` while too many others wait. `who` asks.
 */
export const setPdf = createSetter({ seconds: 60, megabytes: 1_024 });

/** A setter of documents with limits of its own. */
export function createSetter(
  limits: Limits,
): (record: RecordToExport, who: string) => Promise<Uint8Array<ArrayBuffer>> {
  const inThread = createThread<RecordToExport, Uint8Array<ArrayBuffer>>({
    file: "lib/exports/pdf/pdf-worker.ts",
    waitingAtMost: WAITING_FOR_ONE,
    ...limits,
  });
  let underWay = 0;
  return async (record, who) => {
    if (underWay > WAITING_AT_MOST) throw busy();
    underWay += 1;
    try {
      return await inThread(record, { who, weight: 1 }, record.events.length > LARGE_EVENTS);
    } catch (error) {
      if (error instanceof TooMuchWaiting) throw busy();
      if (!(error instanceof BeyondLimits)) throw error;
      throw new Rejection(
        "too-large",
        "This record is too large for a PDF; take it out as a signed bundle, Markdown, CSV or JSON Lines",
      );
    } finally {
      underWay -= 1;
    }
  };
}

function busy(): Rejection {
  return new Rejection("rate-limited", "Other documents are being set; try again in a minute");
}
