"use client";

import { type ReactNode, useState } from "react";
import { later } from "#components/ui/later.tsx";
import type { RawEventView } from "./raw-event.tsx";

const RawEvent = later(() => import("./raw-event.tsx"));

/** A line of a history that opens to the event itself, which is made and read only then. */
export function EventDetails({ event, children }: { event: RawEventView; children: ReactNode }) {
  const [opened, setOpened] = useState(false);
  return (
    <details className="group" onToggle={({ currentTarget }) => currentTarget.open && setOpened(true)}>
      {children}
      {opened && <RawEvent event={event} />}
    </details>
  );
}
