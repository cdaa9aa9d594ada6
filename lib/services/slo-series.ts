import type { Actor } from "#lib/domain/actor.ts";
import type { Deployment, Instant } from "#lib/domain/deployment.ts";
import type { ServiceChecks } from "#lib/domain/inputs/service-checks.ts";
import { may } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import {
  SERIES_METRICS,
  type SeriesMetric,
  type SloSeries,
  type SloSeriesAnswer,
} from "#lib/domain/slo-series.ts";
import { meetsSlo, SLO_METRICS } from "#lib/domain/slo.ts";
import { HOUR, laterBy, MINUTE, SECOND } from "#lib/domain/time.ts";
import { now } from "#lib/clock.ts";
import { loadServiceChecks } from "#lib/db/check-runs.ts";
import { loadDeployment } from "#lib/db/load-deployment.ts";
import type { Outside } from "#lib/evidence/outside.ts";
import { queryPrometheusRange, type SeriesPoint } from "#lib/evidence/live/prometheus-api.ts";
import { Unreadable } from "#lib/evidence/unreadable.ts";
import { outsideOf } from "./outside.ts";

const POINTS = 120;
const SHORTEST_STEP_SECONDS = 15;
/** Whoever asks again within this span gets what was seen, however many look. */
const SEEN_FOR_MS = 10 * SECOND;
const LONGEST_MS = 6 * HOUR;

/**
 * Error rate and latency of a record's service over the last hour, from half an hour before T-0 where
 * that is longer, at most six. Read from Prometheus for everybody who looks at once; nothing is kept.
 */
export async function sloSeries(actor: Actor, deploymentId: string): Promise<SloSeriesAnswer> {
  const loaded = await loadDeployment(deploymentId);
  if (loaded === null || !may(actor, "deployment.view", loaded.deployment.teamId))
    throw new Rejection("not-found", "There is no such deployment");
  const { deployment } = loaded;
  const {
    checks: { prometheus },
    team,
  } = await loadServiceChecks(deployment.service.id);
  const outside = outsideOf(team);
  const span = spanOf(deployment, now());
  const series =
    prometheus === undefined
      ? []
      : await Promise.all(
          SERIES_METRICS.map(async (metric) => seriesOf(deployment, metric, prometheus, span, outside)),
        );
  return { configured: prometheus !== undefined, ...span, series };
}

type Span = { readonly from: Instant; readonly to: Instant };

function spanOf({ t0At }: Deployment, at: Instant): Span {
  const hour = laterBy(at, -HOUR);
  const beforeT0 = t0At === null ? hour : laterBy(t0At, -30 * MINUTE);
  const from = beforeT0 < hour ? beforeT0 : hour;
  const earliest = laterBy(at, -LONGEST_MS);
  return { from: from < earliest ? earliest : from, to: at };
}

async function seriesOf(
  { service, details, t0At }: Deployment,
  metric: SeriesMetric,
  { url, queries }: NonNullable<ServiceChecks["prometheus"]>,
  span: Span,
  outside: Outside,
): Promise<SloSeries> {
  const about = { metric, ...SLO_METRICS[metric], target: details.slo[metric] };
  const query = queries[metric];
  const nothing = { message: null, met: null, points: [] };
  if (query === undefined) return { ...about, ...nothing, state: "not-asked" };
  try {
    const seen = await look(`${service.id} ${metric} ${t0At ?? ""}`, url, query, span, outside);
    const points = seen.map(({ seconds, value }) => ({
      at: new Date(seconds * SECOND).toISOString(),
      value,
    }));
    const last = points.at(-1);
    if (last === undefined) return { ...about, ...nothing, state: "empty" };
    return {
      ...about,
      message: null,
      state: "measured",
      met: meetsSlo(metric, last.value, details.slo),
      points,
    };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { ...about, ...nothing, state: "unreadable", message: error.message };
  }
}

const looks = new Map<string, { readonly until: number; readonly seen: Promise<readonly SeriesPoint[]> }>();

async function look(
  key: string,
  url: string,
  query: string,
  { from, to }: Span,
  outside: Outside,
): Promise<readonly SeriesPoint[]> {
  const present = Date.now();
  for (const [old, { until }] of looks) if (until <= present) looks.delete(old);
  const known = looks.get(key);
  if (known !== undefined) return known.seen;
  const [start, end] = [Date.parse(from) / SECOND, Date.parse(to) / SECOND];
  const step = Math.max(SHORTEST_STEP_SECONDS, Math.ceil((end - start) / POINTS));
  const seen = queryPrometheusRange(outside, url, query, { from: start, to: end, step });
  looks.set(key, { until: present + SEEN_FOR_MS, seen });
  return seen;
}
