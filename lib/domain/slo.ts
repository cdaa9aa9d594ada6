/** Targets of the seed document. Units stand in the names. */
export type SloTargets = {
  /** At least this share of the month, in percent. */
  readonly availabilityPercent: number;
  readonly apiLatencyP95Ms: number;
  readonly apiLatencyP99Ms: number;
  readonly pageLoadP95Ms: number;
  /** HTTP 5xx responses / all responses, in percent. */
  readonly errorRatePercent: number;
  /** Recovery Time Objective, in minutes. */
  readonly rtoMinutes: number;
  /** Recovery Point Objective, in minutes. */
  readonly rpoMinutes: number;
};

export type SloMetric = keyof SloTargets;

export const DEFAULT_SLO_TARGETS: SloTargets = {
  availabilityPercent: 99.9,
  apiLatencyP95Ms: 500,
  apiLatencyP99Ms: 1000,
  pageLoadP95Ms: 2000,
  errorRatePercent: 0.1,
  rtoMinutes: 60,
  rpoMinutes: 15,
};

export const SLO_METRICS: Readonly<
  Record<SloMetric, { title: string; unit: "%" | "ms" | "min"; compare: "at least" | "below" | "at most" }>
> = {
  availabilityPercent: { title: "Availability", unit: "%", compare: "at least" },
  apiLatencyP95Ms: { title: "API latency P95", unit: "ms", compare: "below" },
  apiLatencyP99Ms: { title: "API latency P99", unit: "ms", compare: "below" },
  pageLoadP95Ms: { title: "Page load P95", unit: "ms", compare: "below" },
  errorRatePercent: { title: "Error rate", unit: "%", compare: "below" },
  rtoMinutes: { title: "Recovery time (RTO)", unit: "min", compare: "at most" },
  rpoMinutes: { title: "Recovery point (RPO)", unit: "min", compare: "at most" },
};

export function isSloMetric(metric: string): metric is SloMetric {
  return metric in SLO_METRICS;
}

/** Whether a measured value meets its target, at the target's own kind of bound. */
export function meetsSlo(metric: SloMetric, measured: number, targets: SloTargets): boolean {
  const target = targets[metric];
  switch (SLO_METRICS[metric].compare) {
    case "at least":
      return measured >= target;
    case "below":
      return measured < target;
    case "at most":
      return measured <= target;
  }
}

/** The minutes of a 730.5-hour month that an availability target leaves for downtime. */
export function downtimeMinutesPerMonth(availabilityPercent: number): number {
  return ((100 - availabilityPercent) / 100) * 730.5 * 60;
}

/** Whether a target is easier to meet than another one. */
export function isEasier(metric: SloMetric, target: number, than: number): boolean {
  return SLO_METRICS[metric].compare === "at least" ? target < than : target > than;
}
