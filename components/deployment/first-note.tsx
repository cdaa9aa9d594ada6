"use client";

import { formatRelative } from "#components/clock/format-clock.ts";
import { useNow } from "#components/clock/use-now.ts";
import { Icon } from "#components/ui/icon.tsx";
import type { First } from "./who-was-first.ts";

/** Beside the box, for whoever came second: who was first, and how long ago. */
export function FirstNote({ id, first, serverNow }: { id: string; first: First; serverNow: string }) {
  const ago = agoInWords(Date.parse(first.at), useNow(serverNow));
  return (
    <p id={id} role="status" className="item-note text-waiting-text">
      <Icon name="people" className="mt-0.5 size-3.5" />
      <span>
        {first.name} {first.did} <span aria-live="off">{ago}</span>
      </span>
    </p>
  );
}

function agoInWords(at: number, now: number): string {
  const seconds = Math.max(1, Math.round((now - at) / 1000));
  return seconds < 60 ? `${seconds} s ago` : formatRelative(at, now);
}
