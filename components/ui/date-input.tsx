"use client";

import { readDay, writeDay } from "#lib/domain/typed-dates.ts";
import { PickedInput, type PickedInputProps, type Wording } from "./picked-input.tsx";

interface DateInputProps extends PickedInputProps {
  /** The day it shows at first, `YYYY-MM-DD`. */
  day?: string;
  /** In whose clocks the day begins and ends, where that matters. */
  zone?: string;
}

/** A day, shown as `27 Nov 2026`; its form's data holds `2026-11-27`. */
export function DateInput({ day, zone, ...rest }: DateInputProps) {
  return <PickedInput {...rest} wording={WORDING} initial={day} zone={zone} />;
}

const WORDING: Wording = {
  picker: "date",
  read: readDay,
  write: (day) => writeDay(day) || day,
  forPicker: (day) => day,
};
