import type { EventView } from "#lib/queries/event-view.ts";
import { BOM, csv } from "./csv.ts";

/** The forms in which a history leaves the app, a line an event. */
export const EVENT_FORMATS = ["csv", "jsonl"] as const;

export type EventFormat = (typeof EVENT_FORMATS)[number];

type Form = {
  readonly mediaType: string;
  readonly head: () => string;
  readonly lines: (events: readonly EventView[]) => string;
};

/** Each form: its media type, what stands above the lines, and some events as lines. */
export const EVENT_FORMS: Readonly<Record<EventFormat, Form>> = {
  csv: {
    mediaType: "text/csv; charset=utf-8; header=present",
    head: () => `${BOM}${csv([COLUMNS.map(([title]) => title)])}`,
    lines: (events) => csv(events.map((event) => COLUMNS.map(([, value]) => value(event)))),
  },
  jsonl: {
    mediaType: "application/jsonl; charset=utf-8",
    head: () => "",
    lines: (events) => events.map(({ hash, body }) => `{"hash":"${hash}","event":${body}}\n`).join(""),
  },
};

const COLUMNS: readonly (readonly [string, (event: EventView) => string | number])[] = [
  ["at", ({ at }) => at],
  ["service", ({ deployment }) => deployment?.service ?? ""],
  ["version", ({ deployment }) => deployment?.version ?? ""],
  ["number", ({ seq }) => seq],
  ["type", ({ type }) => type],
  ["who", ({ actor }) => actor.name],
  ["token", ({ actor }) => actor.token?.name ?? ""],
  ["what", ({ predicate }) => predicate],
  ["remark", ({ remark }) => remark ?? ""],
  ["item", ({ item }) => item ?? ""],
  ["record", ({ stream }) => stream],
  ["hash", ({ hash }) => hash],
  ["previous hash", ({ prev }) => prev ?? ""],
];
