import { cn } from "#components/ui/class-names.ts";

const WIDTH = 300;
const HEIGHT = 60;

type SeriesPlotProps = {
  readonly points: readonly { readonly at: string; readonly value: number }[];
  readonly target: number;
  readonly span: { readonly from: string; readonly to: string };
  readonly t0At: string | null;
  readonly met: boolean;
  /** The same in words, for who does not see it. */
  readonly label: string;
};

/** A figure over time: its line, the target across it, and where T-0 was. */
export function SeriesPlot({ points, target, span, t0At, met, label }: SeriesPlotProps) {
  const [from, to] = [Date.parse(span.from), Date.parse(span.to)];
  const most = Math.max(target * 1.25, ...points.map(({ value }) => value));
  const x = (at: string) => ((Date.parse(at) - from) / (to - from)) * WIDTH;
  const y = (value: number) => HEIGHT - (value / most) * (HEIGHT - 4) - 2;
  const line = points.map(({ at, value }) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
      className="h-16 w-full border-b border-line-strong"
      fill="none"
      strokeWidth="1.5"
    >
      <g className="text-ink-faint" stroke="currentColor">
        <path d={`M0 ${y(target)}H${WIDTH}`} strokeDasharray="4 4" vectorEffect="non-scaling-stroke" />
        {t0At !== null && t0At > span.from && (
          <path d={`M${x(t0At)} 0V${HEIGHT}`} vectorEffect="non-scaling-stroke" />
        )}
      </g>
      <polyline
        points={line}
        stroke="currentColor"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
        className={cn(met ? "text-done" : "text-blocked")}
      />
    </svg>
  );
}
