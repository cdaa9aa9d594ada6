import type { EventView } from "#lib/queries/event-view.ts";
import { EVENT_FORMS, type EventFormat } from "./event-lines.ts";

/** A history in one of its forms, a page at a time. */
export async function* writeEvents(
  pages: AsyncIterable<readonly EventView[]>,
  format: EventFormat,
): AsyncIterable<string> {
  const { head, lines } = EVENT_FORMS[format];
  const first = head();
  if (first !== "") yield first;
  for await (const page of pages) yield lines(page);
}
