import { z } from "zod";
import { EVENT_FORMATS, EVENT_FORMS, type EventFormat } from "#lib/exports/event-lines.ts";
import { fillChecklist } from "#lib/exports/markdown.ts";
import { seedDocument } from "#lib/exports/package-files.ts";
import { setPdf } from "#lib/exports/pdf/set-pdf.ts";
import { byteStream } from "#lib/exports/streams.ts";
import { writeEvents } from "#lib/exports/write-events.ts";
import { writeFacts } from "#lib/exports/write-facts.ts";
import type { EventView } from "#lib/queries/event-view.ts";
import { exportRecord, type RecordToExport } from "#lib/queries/export-record.ts";
import { exportDeploymentEvents, exportEvents } from "#lib/queries/export-events.ts";
import { exportInsights } from "#lib/queries/view-insights.ts";
import { countAttempt } from "#lib/services/attempt-limits.ts";
import { attachment } from "../attachment.ts";
import { defineEndpoint } from "../endpoint.ts";
import { eventQuery, idParams, insightQuery, none, searchQuery } from "../schemas/parameters.ts";

const TAG = "History";
const format = z
  .enum(EVENT_FORMATS)
  .describe("csv: for a spreadsheet, formulas made harmless; jsonl: each event's own text with its hash");
const file = z.string().meta({ format: "binary" });

export const exportEventsEndpoint = defineEndpoint({
  id: "exportEvents",
  method: "GET",
  path: "/events/export",
  summary: "Export the history of all deployments",
  description: "Oldest first, streamed, of any size, with the filters of the search. The export is recorded.",
  tag: TAG,
  action: "history.search",
  params: none,
  query: searchQuery.omit({ cursor: true, limit: true }).extend({ format }),
  body: null,
  response: file,
  handle: async ({ actor, query: { format: form, actor: actorId, ...criteria } }) => {
    await countAttempt("export", actor.id);
    return lines(await exportEvents(actor, { ...criteria, actorId }, form), form, "history");
  },
});

export const exportDeploymentEventsEndpoint = defineEndpoint({
  id: "exportDeploymentEvents",
  method: "GET",
  path: "/deployments/{id}/events/export",
  summary: "Export the history of a deployment",
  description: "Oldest first, streamed, with the filters of the list. The export is recorded.",
  tag: TAG,
  action: "deployment.view",
  params: idParams,
  query: eventQuery.omit({ cursor: true, limit: true }).extend({ format }),
  body: null,
  response: file,
  handle: async ({ actor, params: { id }, query: { format: form, actor: actorId, ...criteria } }) => {
    await countAttempt("export", actor.id);
    return lines(
      await exportDeploymentEvents(actor, id, { ...criteria, actorId }, form),
      form,
      `history-${id}`,
    );
  },
});

export const exportDeploymentEndpoint = defineEndpoint({
  id: "exportDeployment",
  method: "GET",
  path: "/deployments/{id}/export",
  summary: "Take one deployment out as a document",
  description:
    "pdf: made for reading and archiving, with signature blocks, six a minute for one person; markdown: the checklist document itself, filled in. The export is recorded. Refused with 409 when the content has been removed.",
  tag: "Deployments",
  action: "deployment.view",
  params: idParams,
  query: z.object({ format: z.enum(["pdf", "markdown"]) }),
  body: null,
  response: file,
  handle: async ({ actor, params: { id }, query: { format: form } }) => {
    if (form === "pdf") await countAttempt("document", actor.id);
    const record = await exportRecord(actor, id, form);
    const name = nameOf(record);
    if (form === "markdown")
      return new Response(fillChecklist(seedDocument(), record), {
        headers: attachment(`${name}.md`, "text/markdown; charset=utf-8"),
      });
    return new Response(await setPdf(record, actor.id), {
      headers: attachment(`${name}.pdf`, "application/pdf"),
    });
  },
});

export const exportInsightsEndpoint = defineEndpoint({
  id: "exportInsights",
  method: "GET",
  path: "/insights/export",
  summary: "Export the records behind the insights",
  description:
    "CSV, a row for each record that reached T-0 or was cancelled within the weeks asked, newest first, 2,000 at most, with the minutes in each phase and of waiting for each role. The export is recorded.",
  tag: TAG,
  action: "insights.view",
  params: none,
  query: insightQuery,
  body: null,
  response: file,
  handle: async ({ actor, query }) => {
    await countAttempt("export", actor.id);
    return new Response(writeFacts(await exportInsights(actor, query)), {
      headers: attachment("countersign-insights.csv", EVENT_FORMS.csv.mediaType),
    });
  },
});

function nameOf({ deployment }: RecordToExport): string {
  return `${deployment.service.name} ${deployment.details.version}`
    .replace(/[^\p{L}\p{N}._-]+/gu, "-")
    .slice(0, 120);
}

function lines(pages: AsyncIterable<readonly EventView[]>, form: EventFormat, name: string): Response {
  return new Response(byteStream(writeEvents(pages, form)), {
    headers: attachment(`countersign-${name}.${form}`, EVENT_FORMS[form].mediaType),
  });
}
