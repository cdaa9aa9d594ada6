import type { BreakGlassState } from "#lib/domain/break-glass-request.ts";
import { Badge } from "#components/ui/badge.tsx";
import type { Tone } from "#components/ui/tone.ts";

const LOOK: Readonly<Record<Exclude<BreakGlassState, "none">, { tone: Tone; words: string }>> = {
  requested: { tone: "attention", words: "Break glass asked" },
  open: { tone: "attention", words: "Gate forced open" },
  "review-owed": { tone: "attention", words: "Break glass: review owed" },
  reviewed: { tone: "void", words: "Break glass" },
};

/** Rule 8, which a record carries for good. */
export function BreakGlassBadge({ state }: { state: BreakGlassState }) {
  if (state === "none") return null;
  const { tone, words } = LOOK[state];
  return (
    <Badge tone={tone} icon="siren">
      {words}
    </Badge>
  );
}
