import { cn } from "./class-names.ts";
import type { Tone } from "./tone.ts";

interface MeterProps {
  /** Names what is measured: 'Security, items settled'. */
  label: string;
  value: number;
  max: number;
  tone?: Tone;
  className?: string;
}

const fill: Record<Tone, string> = {
  neutral: "text-ink-muted",
  done: "text-done",
  attention: "text-attention",
  blocked: "text-blocked",
  waiting: "text-waiting",
  void: "text-void",
};

/** A thin bar. The native element needs no inline style, so the strictest policy allows it. */
export function Meter({ label, value, max, tone, className }: MeterProps) {
  const shown = tone ?? (max > 0 && value >= max ? "done" : "neutral");
  return (
    <progress
      aria-label={label}
      value={Math.min(value, max)}
      // A progress element must not have a maximum of nothing.
      max={Math.max(max, 1)}
      className={cn("meter-bar", fill[shown], className)}
    />
  );
}
