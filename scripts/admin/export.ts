import { pipeline } from "node:stream/promises";
import { recordId } from "#lib/domain/inputs/text.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { EVENT_FORMATS } from "#lib/exports/event-lines.ts";
import { fillChecklist } from "#lib/exports/markdown.ts";
import { seedDocument } from "#lib/exports/package-files.ts";
import { writeEvents } from "#lib/exports/write-events.ts";
import { exportDeploymentEvents, exportEvents } from "#lib/queries/export-events.ts";
import { exportRecord } from "#lib/queries/export-record.ts";
import { PlainFailure } from "../runtime/plain-failure.ts";
import { ADMINISTRATOR } from "./administrator.ts";

type Options = { readonly deployment?: string; readonly format: string };

/**
 * Writes histories, or one record's checklist, to standard output; of any size, a page at a time. Ends
 * quietly when nobody reads on.
 */
export async function exportHistory({ deployment, format }: Options): Promise<void> {
  if (deployment !== undefined && !recordId.safeParse(deployment).success)
    throw new PlainFailure(`"${deployment}" is no id.`);
  try {
    await pipeline(partsOf(deployment, format), process.stdout, { end: false });
  } catch (error) {
    if (isReaderGone(error)) return;
    if (error instanceof Rejection) throw new PlainFailure(error.message);
    throw error;
  }
}

/** Whether something was written for a reader that had ended. */
export function isReaderGone(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EPIPE";
}

async function* partsOf(deployment: string | undefined, format: string): AsyncIterable<string> {
  if (format === "markdown") {
    if (deployment === undefined) throw new PlainFailure("Name the record with --deployment.");
    yield fillChecklist(seedDocument(), await exportRecord(ADMINISTRATOR, deployment, format));
    return;
  }
  const form = EVENT_FORMATS.find((known) => known === format);
  if (form === undefined)
    throw new PlainFailure(
      `There is no format "${format}"; there are: ${EVENT_FORMATS.join(", ")}, markdown`,
    );
  const pages =
    deployment === undefined
      ? await exportEvents(ADMINISTRATOR, {}, form)
      : await exportDeploymentEvents(ADMINISTRATOR, deployment, {}, form);
  yield* writeEvents(pages, form);
}
