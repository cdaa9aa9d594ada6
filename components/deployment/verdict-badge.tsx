import type { Verdict } from "#lib/domain/check-result.ts";
import { Badge } from "#components/ui/badge.tsx";
import type { Tone } from "#components/ui/tone.ts";

/** A machine's verdict in a word. */
export function VerdictBadge({ verdict, overruled }: { verdict: Verdict; overruled: boolean }) {
  if (overruled) return <Badge tone="attention">overruled</Badge>;
  const { tone, word } = VERDICT_LOOKS[verdict];
  return <Badge tone={tone}>{word}</Badge>;
}

export const VERDICT_LOOKS: Readonly<Record<Verdict, { tone: Tone; word: string }>> = {
  pass: { tone: "done", word: "passes" },
  fail: { tone: "blocked", word: "fails" },
  unknown: { tone: "attention", word: "cannot tell" },
};
