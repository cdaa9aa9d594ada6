import { cn } from "#components/ui/class-names.ts";
import { type Tone, toneText } from "#components/ui/tone.ts";

/** In a line, in a header, on a board of clocks, or across a wall. */
export type ClockSize = "inline" | "large" | "board" | "wall";

const FIGURES: Readonly<Record<ClockSize, string>> = {
  inline: "",
  large: "text-xl font-medium tracking-tight",
  board: "text-3xl font-medium tracking-tight",
  wall: "text-[clamp(1.6rem,8.4vw,9rem)] leading-none font-medium tracking-tight",
};

/** So few figures can be larger on a narrow screen. */
const FEW = 8;
const SHORT_WALL = "text-[clamp(3rem,14vw,9rem)] leading-none font-medium tracking-tight";

interface ClockFaceProps {
  /** What the figures count: stands above them, small. */
  caption?: string;
  figures: string;
  /** The whole of which they are left, small beside them. */
  of?: string;
  tone?: Tone;
  /** The moment it counts to or from, ISO 8601. */
  dateTime: string;
  title: string;
  size?: ClockSize;
}

/** Figures of one width, so that nothing moves when they change. Read on demand, never announced. */
export function ClockFace({
  caption,
  figures,
  of,
  tone = "neutral",
  dateTime,
  title,
  size = "inline",
}: ClockFaceProps) {
  return (
    <span
      className={cn(
        size === "inline" ? "inline-flex gap-1.5" : "inline-flex flex-col items-start",
        size === "large" && "sm:items-end",
      )}
    >
      {caption && <span className={size === "inline" ? "text-ink-faint" : "microlabel"}>{caption}</span>}
      <time
        dateTime={dateTime}
        title={title}
        className={cn(
          "font-mono whitespace-nowrap tabular-nums",
          tone === "neutral" ? "text-ink" : toneText[tone],
          size === "wall" && figures.length <= FEW ? SHORT_WALL : FIGURES[size],
        )}
      >
        {figures}
        {of !== undefined && (
          <span className="ml-2 text-[max(0.2em,0.8125rem)] tracking-normal text-ink-faint">{of}</span>
        )}
      </time>
    </span>
  );
}
