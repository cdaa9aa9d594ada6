"use client";

import { useMemo } from "react";
import { readMoment, writeMoment } from "#lib/domain/typed-dates.ts";
import { useTimeZone } from "#components/clock/use-time-zone.ts";
import { PickedInput, type PickedInputProps, type Wording } from "./picked-input.tsx";

interface DateTimeInputProps extends PickedInputProps {
  /** The moment it shows at first, ISO 8601. */
  instant?: string;
}

/**
 * A moment in the reader's own time zone, shown as `27 Nov 2026, 22:44`; its form's data holds it in
 * ISO 8601. The server cannot know that zone: until the page runs in a browser it says it in UTC.
 */
export function DateTimeInput({ instant, ...rest }: DateTimeInputProps) {
  const zone = useTimeZone();
  const wording = useMemo(() => wordingIn(zone), [zone]);
  return <PickedInput {...rest} wording={wording} initial={instant} zone={zone} />;
}

function wordingIn(zone: string): Wording {
  return {
    picker: "datetime-local",
    read: (text) => readMoment(zone, text),
    write: (instant) => writeMoment(zone, instant),
    forPicker: (instant) => {
      const moment = new Date(instant);
      return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
    },
  };
}
