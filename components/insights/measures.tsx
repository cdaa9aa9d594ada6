import type { ReactNode } from "react";
import { SMALL_SAMPLE, type Insights } from "#lib/domain/insights.ts";
import { formatWithin } from "#lib/domain/time.ts";
import { formatDate } from "#components/clock/format-clock.ts";
import { MeasureTile } from "./measure-tile.tsx";

/** DORA's measures, as far as records know them; `docs/insights.md` defines each. */
export function Measures({ insights }: { insights: Insights }) {
  const { deployed, running, failed, reworked, leadTime, recovery } = insights;
  // Where all are few the page says so once, above.
  const fewOf = (count = 0) => (deployed >= SMALL_SAMPLE && count < SMALL_SAMPLE ? count : undefined);
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,13rem),1fr))] gap-4">
      <MeasureTile title="Deployment frequency" figure={`${insights.perWeek.toFixed(1)} a week`}>
        {deployed} reached T-0 since {formatDate(Date.parse(insights.from))}; {insights.cancelled}
        &nbsp;cancelled before it.
      </MeasureTile>
      <SpanTile title="Lead time" span={leadTime} few={fewOf(leadTime?.count)} measured="from opening to T-0">
        From the opening of a record to T-0.
      </SpanTile>
      <MeasureTile title="Change fail rate" figure={share(failed, deployed)}>
        {failed} rolled back or rolling back, of {deployed} that reached T-0
        {running > 0 && `; ${running}\u00a0still under way`}.
      </MeasureTile>
      <SpanTile
        title="Recovery time"
        span={recovery}
        few={fewOf(recovery?.count)}
        measured="from the rollback's trigger until it was verified"
      >
        From a rollback's trigger until it was verified.
      </SpanTile>
      <MeasureTile title="Rework rate" figure={share(reworked, deployed)}>
        {reworked} of {deployed} deployed again what was rolled back.
      </MeasureTile>
    </div>
  );
}

interface SpanTileProps {
  title: string;
  span: Insights["leadTime"];
  few: number | undefined;
  /** From when to when, after the figures. */
  measured: string;
  /** The same as a sentence, where there are no figures yet. */
  children: ReactNode;
}

function SpanTile({ title, span, few, measured, children }: SpanTileProps) {
  return (
    <MeasureTile title={title} figure={span && formatWithin(span.median)} few={few}>
      {span ? `Half within this, 90\u00a0% within ${formatWithin(span.p90)}; ${measured}.` : children}
    </MeasureTile>
  );
}

function share(part: number, whole: number): string | null {
  return whole === 0 ? null : `${Math.round((part / whole) * 100)} %`;
}
