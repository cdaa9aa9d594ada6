"use client";

import { type ComponentProps, useCallback } from "react";
import { Input } from "#components/ui/input.tsx";

interface LocalTimeInputProps extends Omit<ComponentProps<typeof Input>, "type" | "defaultValue" | "ref"> {
  /** The moment it shows at first, ISO 8601. */
  instant?: string;
}

/**
 * A moment in the reader's own time zone. The server cannot know that zone, so the value appears when
 * the field is there in the browser.
 */
export function LocalTimeInput({ instant, ...rest }: LocalTimeInputProps) {
  const attach = useCallback(
    (input: HTMLInputElement | null) => {
      if (input !== null && instant !== undefined) input.defaultValue = localText(instant);
    },
    [instant],
  );
  return <Input {...rest} key={instant} ref={attach} type="datetime-local" />;
}

/** What such an input holds as an ISO 8601 moment; empty when it holds none. */
export function instantFrom(values: FormData, name: string): string {
  const text = values.get(name);
  if (typeof text !== "string" || text === "") return "";
  return momentFrom(text) ?? text;
}

/** The value of such an input as an ISO 8601 moment; null while it holds none. */
export function momentFrom(text: string): string | null {
  const moment = new Date(text);
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}

function localText(instant: string): string {
  const moment = new Date(instant);
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
