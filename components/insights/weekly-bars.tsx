import type { Week } from "#lib/domain/insights.ts";
import { formatDate } from "#components/clock/format-clock.ts";
import { cn } from "#components/ui/class-names.ts";
import { PARTS } from "./week-parts.ts";
import { WeeklyTable } from "./weekly-table.tsx";

/** Deployments a week as stacked bars, with the same figures as a table for whoever does not see them. */
export function WeeklyBars({ weeks }: { weeks: readonly Week[] }) {
  const ticks = ticksTo(Math.max(1, ...weeks.map(totalOf)));
  const top = ticks[0] ?? 1;
  const few = weeks.length <= 14;
  const each = Math.ceil(weeks.length / 7);
  return (
    <figure>
      <div aria-hidden="true" className="flex gap-2 pt-5">
        <div className="flex h-32 w-6 flex-col justify-between text-right text-xs text-ink-faint tabular-nums">
          {ticks.map((tick) => (
            <span key={tick} className="flex h-0 items-center justify-end">
              {tick}
            </span>
          ))}
        </div>
        <svg className="h-32 w-full overflow-visible">
          {ticks.map((tick) => (
            <line
              key={tick}
              x2="100%"
              y1={heightAt(tick, top)}
              y2={heightAt(tick, top)}
              stroke="currentColor"
              className={tick === 0 ? "text-line-strong" : "text-line"}
            />
          ))}
          {weeks.map((week, index) => (
            <Bar
              key={week.from}
              week={week}
              at={`${((index + 0.5) / weeks.length) * 100}%`}
              top={top}
              width={few ? 18 : 6}
              named={few}
            />
          ))}
        </svg>
      </div>
      <div aria-hidden="true" className="mt-1 flex pl-8 text-xs text-ink-faint tabular-nums">
        {weeks.map(({ from }, index) => (
          <span key={from} className="flex w-0 grow justify-center whitespace-nowrap">
            {index % each === 0 && <span>{dayOf(from)}</span>}
          </span>
        ))}
      </div>
      <figcaption className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-muted">
        {PARTS.map(({ key, title, fill }) => (
          <span key={key} className="flex items-center gap-1.5">
            <svg viewBox="0 0 10 10" aria-hidden="true" className={cn("size-2.5", fill)}>
              <rect width="10" height="10" rx="2" fill="currentColor" />
            </svg>
            <span className="tabular-nums">{weeks.reduce((sum, week) => sum + week[key], 0)}</span> {title}
          </span>
        ))}
      </figcaption>
      <WeeklyTable weeks={weeks} />
    </figure>
  );
}

type BarProps = {
  readonly week: Week;
  readonly at: string;
  readonly top: number;
  readonly width: number;
  /** Whether there is room for the number above it. */
  readonly named: boolean;
};

/** A line as thick as a bar: it keeps its width, however wide the screen is. */
function Bar({ week, at, top, width, named }: BarProps) {
  const total = totalOf(week);
  return (
    <g>
      <title>{`Week from ${formatDate(Date.parse(week.from))}: ${total}`}</title>
      {stackOf(week).map(({ key, fill, from, to }) => (
        <line
          key={key}
          x1={at}
          x2={at}
          y1={heightAt(from, top)}
          y2={heightAt(to, top)}
          stroke="currentColor"
          strokeWidth={width}
          className={fill}
        />
      ))}
      {named && (
        <text
          x={at}
          y={heightAt(total, top)}
          dy="-5"
          textAnchor="middle"
          fill="currentColor"
          className={cn("text-xs tabular-nums", total === 0 ? "text-ink-faint" : "text-ink")}
        >
          {total}
        </text>
      )}
    </g>
  );
}

/** The parts of a week that are there, each from where the one below it ends. */
function stackOf(week: Week) {
  return PARTS.map(({ key, fill }, index) => {
    const from = PARTS.slice(0, index).reduce((sum, below) => sum + week[below.key], 0);
    return { key, fill, from, to: from + week[key] };
  }).filter(({ from, to }) => to > from);
}

function heightAt(value: number, top: number): string {
  return `${(1 - value / top) * 100}%`;
}

/** Whole numbers from the top of the axis to nothing, four steps at most. */
function ticksTo(most: number): readonly number[] {
  const step = Math.ceil(most / 4);
  const steps = Math.ceil(most / step);
  return Array.from({ length: steps + 1 }, (_none, index) => (steps - index) * step);
}

function dayOf(instant: string): string {
  return formatDate(Date.parse(instant)).replace(/ \d{4}$/, "");
}

function totalOf({ completed, rolledBack, running }: Week): number {
  return completed + rolledBack + running;
}
