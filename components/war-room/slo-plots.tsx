"use client";

import { useQuery } from "@tanstack/react-query";
import type { SloSeries, SloSeriesAnswer } from "#lib/domain/slo-series.ts";
import { useDeployment } from "#components/deployment/use-deployment.ts";
import { cn } from "#components/ui/class-names.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Panel, PanelHeader } from "#components/ui/panel.tsx";
import { SeriesPlot } from "./series-plot.tsx";

const EVERY_MS = 15_000;

/** Error rate and latency as the service's own Prometheus tells them, against the targets; nothing where it names none. */
export function SloPlots() {
  const { id } = useDeployment();
  const { data, isError } = useQuery({
    queryKey: ["slo-series", id],
    queryFn: ({ signal }) => fetchSeries(id, signal),
    refetchInterval: EVERY_MS,
    networkMode: "always",
    retry: false,
  });
  if (data?.configured === false) return null;
  return (
    <Panel aria-labelledby="slo-now">
      <PanelHeader id="slo-now" title="Service health" />
      <Figures answer={data} failed={isError} />
    </Panel>
  );
}

function Figures({ answer, failed }: { answer: SloSeriesAnswer | undefined; failed: boolean }) {
  if (answer === undefined) return failed ? <Unreadable /> : <Loading />;
  return (
    <ul className="divide-y divide-line">
      {answer.series.map((series) => (
        <li key={series.metric} className="px-4 py-3">
          <Series series={series} answer={answer} />
        </li>
      ))}
    </ul>
  );
}

function Unreadable() {
  return (
    <EmptyState icon="alert" title="Cannot be read now">
      It is asked again in a moment.
    </EmptyState>
  );
}

function Loading() {
  return (
    <div className="grid gap-4 p-4">
      <p role="status" className="sr-only">
        Loading error rate and latency
      </p>
      <Skeleton className="h-20" />
      <Skeleton className="h-20" />
    </div>
  );
}

function Series({ series, answer }: { series: SloSeries; answer: SloSeriesAnswer }) {
  const { t0At } = useDeployment();
  const { title, unit, compare, target, met, points } = series;
  const last = points.at(-1);
  return (
    <div className="grid gap-1.5">
      <div className="flex items-baseline justify-between gap-3">
        <h3 className="font-medium">{title}</h3>
        <p className="text-sm text-ink-muted">
          target {compare} {target} {unit}
        </p>
      </div>
      {last === undefined ? (
        <p className="text-ink-muted">{whyNothing(series)}</p>
      ) : (
        <>
          <p
            className={cn(
              "flex items-center gap-2 font-mono text-2xl font-medium tabular-nums",
              met === true ? "text-done-text" : "text-blocked-text",
            )}
          >
            <Icon name={met === true ? "check" : "blocked"} className="size-5" />
            {figure(last.value)} {unit}
            <span className="sr-only">{met === true ? "within the target" : "misses the target"}</span>
          </p>
          <SeriesPlot
            points={points}
            target={target}
            span={answer}
            t0At={t0At}
            met={met === true}
            label={`${title} from ${answer.from.slice(11, 16)} to ${answer.to.slice(11, 16)} UTC: ${spread(points)} ${unit}`}
          />
        </>
      )}
    </div>
  );
}

function whyNothing({ state, message }: SloSeries): string {
  if (state === "not-asked") return "The service gives no query for it.";
  return state === "unreadable"
    ? `Prometheus cannot be read: ${message ?? ""}`
    : "Its query answers no figure.";
}

function spread(points: SloSeries["points"]): string {
  const values = points.map(({ value }) => value);
  return `${figure(Math.min(...values))} to ${figure(Math.max(...values))}`;
}

function figure(value: number): string {
  return new Intl.NumberFormat("en", { maximumFractionDigits: value < 10 ? 3 : 0 }).format(value);
}

// Only `getSloSeries` answers there.
async function fetchSeries(id: string, signal: AbortSignal): Promise<SloSeriesAnswer> {
  const answer = await fetch(`/api/v1/deployments/${id}/slo-series`, { signal });
  if (!answer.ok) throw new Error(`reading the series answered ${answer.status}`);
  return (await answer.json()) as SloSeriesAnswer;
}
