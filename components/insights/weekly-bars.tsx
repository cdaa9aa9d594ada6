import type { Week } from "#lib/domain/insights.ts";
import { formatDate } from "#components/clock/format-clock.ts";
import { cn } from "#components/ui/class-names.ts";
import { VisuallyHidden } from "#components/ui/visually-hidden.tsx";

const HEIGHT = 120;
const SLOT = 24;
const BAR = 16;

const PARTS = [
  { key: "completed", title: "completed", fill: "text-done" },
  { key: "running", title: "under way", fill: "text-ink-faint" },
  { key: "rolledBack", title: "rolled back", fill: "text-blocked" },
] as const;

/** Deployments a week as stacked bars, with the same figures as a table for whoever does not see them. */
export function WeeklyBars({ weeks }: { weeks: readonly Week[] }) {
  const most = Math.max(1, ...weeks.map(totalOf));
  const width = weeks.length * SLOT;
  return (
    <figure>
      <div className="flex gap-2">
        <div
          aria-hidden="true"
          className="flex flex-col justify-between text-right text-xs text-ink-faint tabular-nums"
        >
          <span>{most}</span>
          <span>0</span>
        </div>
        <svg
          viewBox={`0 0 ${width} ${HEIGHT}`}
          preserveAspectRatio="none"
          aria-hidden="true"
          className="h-32 w-full border-b border-line-strong"
        >
          {weeks.map((week, index) => (
            <Bar key={week.from} week={week} x={index * SLOT} scale={HEIGHT / most} />
          ))}
        </svg>
      </div>
      <div aria-hidden="true" className="mt-1 flex justify-between pl-5 text-xs text-ink-faint">
        <span>{weeks[0] && formatDate(Date.parse(weeks[0].from))}</span>
        <span>this week so far</span>
      </div>
      <figcaption className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-muted">
        {PARTS.map(({ key, title, fill }) => (
          <span key={key} className="flex items-center gap-1.5">
            <svg viewBox="0 0 10 10" aria-hidden="true" className={cn("size-2.5", fill)}>
              <rect width="10" height="10" rx="2" fill="currentColor" />
            </svg>
            <span className="tabular-nums">{weeks.reduce((sum, week) => sum + week[key], 0)}</span> {title}
          </span>
        ))}
      </figcaption>
      <VisuallyHidden>
        <table>
          <caption>Deployments by week</caption>
          <thead>
            <tr>
              <th scope="col">Week from</th>
              {PARTS.map(({ key, title }) => (
                <th key={key} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeks.map((week) => (
              <tr key={week.from}>
                <th scope="row">{formatDate(Date.parse(week.from))}</th>
                {PARTS.map(({ key }) => (
                  <td key={key}>{week[key]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </figure>
  );
}

function Bar({ week, x, scale }: { week: Week; x: number; scale: number }) {
  let top = HEIGHT;
  return PARTS.map(({ key, title, fill }) => {
    const height = week[key] * scale;
    top -= height;
    return (
      <rect
        key={key}
        x={x + (SLOT - BAR) / 2}
        y={top}
        width={BAR}
        height={height}
        fill="currentColor"
        className={fill}
      >
        <title>{`Week from ${formatDate(Date.parse(week.from))}: ${week[key]} ${title}`}</title>
      </rect>
    );
  });
}

function totalOf({ completed, rolledBack, running }: Week): number {
  return completed + rolledBack + running;
}
