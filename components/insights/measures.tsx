import type { Insights } from "#lib/domain/insights.ts";
import { formatAge } from "#lib/domain/time.ts";
import { formatDate } from "#components/clock/format-clock.ts";
import { MeasureTile } from "./measure-tile.tsx";

/** DORA's measures, as far as records know them; `docs/insights.md` defines each. */
export function Measures({ insights }: { insights: Insights }) {
  const { deployed, running, failed, reworked, leadTime, recovery } = insights;
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,13rem),1fr))] gap-4">
      <MeasureTile
        title="Deployment frequency"
        figure={`${insights.perWeek.toFixed(1)} a week`}
        sample={deployed}
      >
        {deployed} reached T-0 since {formatDate(Date.parse(insights.from))}; {insights.cancelled} cancelled
        before it.
      </MeasureTile>
      <MeasureTile
        title="Lead time"
        figure={leadTime && formatAge(leadTime.median)}
        sample={leadTime?.count ?? 0}
      >
        {leadTime
          ? `Half within this, 90 % within ${formatAge(leadTime.p90)}; from opening to T-0.`
          : "From the opening of a record to T-0."}
      </MeasureTile>
      <MeasureTile title="Change fail rate" figure={share(failed, deployed)} sample={deployed}>
        {failed} rolled back of {deployed} that reached T-0
        {running > 0 && `; ${running} still under way`}.
      </MeasureTile>
      <MeasureTile
        title="Recovery time"
        figure={recovery && formatAge(recovery.median)}
        sample={recovery?.count ?? 0}
      >
        {recovery
          ? `Half within this, 90 % within ${formatAge(recovery.p90)}; from the rollback's trigger until it was verified.`
          : "From a rollback's trigger until it was verified."}
      </MeasureTile>
      <MeasureTile title="Rework rate" figure={share(reworked, deployed)} sample={deployed}>
        {reworked} of {deployed} deployed again what was rolled back.
      </MeasureTile>
    </div>
  );
}

function share(part: number, whole: number): string | null {
  return whole === 0 ? null : `${Math.round((part / whole) * 100)} %`;
}
