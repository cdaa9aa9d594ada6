import type { Instant } from "./deployment.ts";

/** The figures that a service's Prometheus tells over time. */
export const SERIES_METRICS = ["errorRatePercent", "apiLatencyP95Ms", "apiLatencyP99Ms"] as const;

export type SeriesMetric = (typeof SERIES_METRICS)[number];

export type SloSeries = {
  readonly metric: SeriesMetric;
  readonly title: string;
  readonly unit: string;
  readonly compare: string;
  readonly target: number;
  /** `not-asked`: the service gives no query for it; `unreadable`: Prometheus did not tell, see `message`. */
  readonly state: "measured" | "empty" | "not-asked" | "unreadable";
  readonly message: string | null;
  /** The newest figure against the target; null without one. */
  readonly met: boolean | null;
  readonly points: readonly { readonly at: Instant; readonly value: number }[];
};

export type SloSeriesAnswer = {
  /** Whether the service names a Prometheus at all. */
  readonly configured: boolean;
  readonly from: Instant;
  readonly to: Instant;
  readonly series: readonly SloSeries[];
};
