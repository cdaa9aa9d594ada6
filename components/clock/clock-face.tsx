import { cn } from "#components/ui/class-names.ts";
import { type Tone, toneText } from "#components/ui/tone.ts";

interface ClockFaceProps {
  /** What the figures count: stands above them, small. */
  caption?: string;
  figures: string;
  tone?: Tone;
  /** The moment it counts to or from, ISO 8601. */
  dateTime: string;
  title: string;
  size?: "inline" | "large";
}

/** Figures of one width, so that nothing moves when they change. Read on demand, never announced. */
export function ClockFace({
  caption,
  figures,
  tone = "neutral",
  dateTime,
  title,
  size = "inline",
}: ClockFaceProps) {
  return (
    <span
      className={size === "large" ? "inline-flex flex-col items-start sm:items-end" : "inline-flex gap-1.5"}
    >
      {caption && <span className={size === "large" ? "microlabel" : "text-ink-faint"}>{caption}</span>}
      <time
        dateTime={dateTime}
        title={title}
        className={cn(
          "font-mono whitespace-nowrap tabular-nums",
          tone === "neutral" ? "text-ink" : toneText[tone],
          size === "large" && "text-xl font-medium tracking-tight",
        )}
      >
        {figures}
      </time>
    </span>
  );
}
