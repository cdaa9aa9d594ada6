import type { Deployment, Instant } from "./deployment.ts";
import { countedEvidence, latestCounted } from "./counted-evidence.ts";
import { findItem, isPastT0 } from "./checklist.ts";
import { meetsSlo, SLO_METRICS } from "./slo.ts";
import type { ItemTemplate, Requirement, RotationClass } from "./template.ts";
import { isSettledByMachine, judgeVerdicts, standingVerdicts } from "./verdicts.ts";
import { DAY, MINUTE, dayInWords, formatAge, laterBy } from "./time.ts";

/**
 * Whether an item's requirement is met at a moment, in words. `validUntil` is when it goes stale
 * by itself; `metAt` is when a wait will be over.
 */
export type Judgement =
  | {
      readonly verdict: "met";
      readonly message: string;
      readonly validUntil: Instant | null;
      readonly due: boolean;
    }
  | { readonly verdict: "missing" | "failed" | "stale" | "unknown"; readonly message: string }
  | { readonly verdict: "waiting"; readonly message: string; readonly metAt: Instant };

/**
 * Judges an item at `now`: first what machines said of it, then its requirement; null when it needs
 * nothing beyond a tick and no machine has spoken.
 */
export function judgeItem(deployment: Deployment, item: ItemTemplate, now: Instant): Judgement | null {
  const machine = judgeVerdicts(deployment, item, now);
  if (machine !== null && machine.verdict !== "met") return machine;
  return judgeRequirement(deployment, item, machine, now) ?? machine;
}

function judgeRequirement(
  deployment: Deployment,
  item: ItemTemplate,
  machine: Judgement | null,
  now: Instant,
): Judgement | null {
  const requirement = item.requirement;
  if (requirement === undefined) return null;
  switch (requirement.kind) {
    case "measurement":
      return isOverruled(deployment, item)
        ? machine
        : judgeMeasurement(deployment, item, requirement, machine);
    case "slo":
      return isOverruled(deployment, item) ? machine : judgeSlo(deployment, item, requirement, machine);
    case "rotation":
      return judgeRotation(deployment, item, requirement, now);
    case "fresh-time":
      return judgeFreshTime(deployment, item, requirement, now);
    case "wait":
      return judgeWait(deployment, item, requirement, now);
    case "proof":
      return isSettledByMachine(deployment, item) || isOverruled(deployment, item)
        ? machine
        : judgeProof(deployment, item, requirement);
  }
}

function judgeMeasurement(
  deployment: Deployment,
  item: ItemTemplate,
  { metric, title, unit, atLeast }: Requirement & { kind: "measurement" },
  machine: Judgement | null,
): Judgement {
  const value = measuredValues(deployment, item)[metric];
  if (value === undefined)
    return { verdict: "missing", message: `Needs ${title}: at least ${atLeast} ${unit}` };
  const measured = `${title} is ${value} ${unit}`;
  return value >= atLeast
    ? met(measured, machine)
    : { verdict: "failed", message: `${measured}; at least ${atLeast} ${unit} is required` };
}

function judgeSlo(
  deployment: Deployment,
  item: ItemTemplate,
  { metrics }: Requirement & { kind: "slo" },
  machine: Judgement | null,
): Judgement {
  const values = measuredValues(deployment, item);
  const targets = deployment.details.slo;
  const missing = metrics.filter((metric) => values[metric] === undefined);
  if (missing.length > 0) {
    return {
      verdict: "missing",
      message: `Needs measured: ${missing.map((metric) => SLO_METRICS[metric].title).join(", ")}`,
    };
  }
  const sentence = (metric: (typeof metrics)[number]) => {
    const { title, unit, compare } = SLO_METRICS[metric];
    return `${title} is ${values[metric]} ${unit} (target: ${compare} ${targets[metric]} ${unit})`;
  };
  const failed = metrics.filter((metric) => !meetsSlo(metric, values[metric] ?? Number.NaN, targets));
  return failed.length === 0
    ? met(metrics.map(sentence).join("; "), machine)
    : { verdict: "failed", message: failed.map(sentence).join("; ") };
}

function judgeRotation(
  deployment: Deployment,
  item: ItemTemplate,
  { classes }: Requirement & { kind: "rotation" },
  now: Instant,
): Judgement {
  const rotatedOn = latestCounted(deployment, item.key, "rotation")?.rotatedOn ?? {};
  const missing = classes.filter(({ key }) => rotatedOn[key] === undefined);
  if (missing.length > 0) {
    return { verdict: "missing", message: `Needs the last rotation of: ${titles(missing)}` };
  }
  // A date covers its whole day, so its age begins when that day is over everywhere.
  const expiry = ({ key, maxAgeDays }: RotationClass) =>
    laterBy(`${rotatedOn[key]}T23:59:59.999Z`, maxAgeDays * DAY);
  const failed = classes.filter((entry) => expiry(entry) < now);
  if (failed.length > 0) {
    const limits = failed.map(
      ({ key, title, maxAgeDays }) =>
        `${title} rotated on ${dayInWords(rotatedOn[key] ?? "")} (limit ${maxAgeDays} days)`,
    );
    return { verdict: "failed", message: limits.join("; ") };
  }
  const due = classes.filter(
    ({ key, dueFromDays }) =>
      dueFromDays !== undefined && laterBy(`${rotatedOn[key]}T23:59:59.999Z`, dueFromDays * DAY) < now,
  );
  const validUntil = classes.map(expiry).toSorted()[0] ?? null;
  const message =
    due.length > 0 ? `Within policy; rotation is due for: ${titles(due)}` : "All rotated within policy";
  return { verdict: "met", message, validUntil, due: due.length > 0 };
}

function judgeFreshTime(
  deployment: Deployment,
  item: ItemTemplate,
  { title, maxAgeMinutes }: Requirement & { kind: "fresh-time" },
  now: Instant,
): Judgement {
  const at = latestCounted(deployment, item.key, "time")?.at;
  const limit = formatAge(maxAgeMinutes * MINUTE);
  if (at === undefined)
    return { verdict: "missing", message: `Needs the time of: ${title} (no older than ${limit})` };
  const validUntil = laterBy(at, maxAgeMinutes * MINUTE);
  const message = `${title} is ${formatAge(Date.parse(now) - Date.parse(at))} old (limit ${limit})`;
  return now < validUntil
    ? { verdict: "met", message, validUntil, due: false }
    : { verdict: "stale", message };
}

function judgeWait(
  deployment: Deployment,
  item: ItemTemplate,
  { minutes, since }: Requirement & { kind: "wait" },
  now: Instant,
): Judgement {
  const start = since === "t-0" ? standingT0(deployment) : precedingItemsSettledAt(deployment, item.key);
  if (start === null) {
    const what = since === "t-0" ? "deployment starts (T-0)" : "the items before it are done";
    return { verdict: "missing", message: `The ${minutes} minutes begin when ${what}` };
  }
  const metAt = laterBy(start, minutes * MINUTE);
  return metAt <= now
    ? met(`${minutes} minutes have passed`)
    : { verdict: "waiting", message: `${minutes} minutes are not over yet`, metAt };
}

function judgeProof(
  deployment: Deployment,
  item: ItemTemplate,
  { title }: Requirement & { kind: "proof" },
): Judgement {
  const shown = countedEvidence(deployment, item.key).some(
    ({ content }) => content.kind === "link" || content.kind === "note",
  );
  return shown
    ? met(`${title}: shown`)
    : { verdict: "missing", message: `Needs a link or a note that shows: ${title}` };
}

function standingT0(deployment: Deployment): Instant | null {
  return isPastT0(deployment) ? deployment.t0At : null;
}

function precedingItemsSettledAt(deployment: Deployment, itemKey: string): Instant | null {
  const items = findItem(deployment.checklist, itemKey)?.section.items ?? [];
  const preceding = items.slice(
    0,
    items.findIndex(({ key }) => key === itemKey),
  );
  let latest: Instant | null = null;
  for (const { key } of preceding) {
    const state = deployment.items[key];
    if (state === undefined || state.status === "open") return null;
    if (latest === null || state.settled.at > latest) latest = state.settled.at;
  }
  return latest;
}

// What a machine measured counts before what a person typed; targets may have changed since either.
function measuredValues(deployment: Deployment, item: ItemTemplate): Readonly<Record<string, number>> {
  const byMachine = standingVerdicts(deployment, item);
  if (byMachine.length > 0)
    return byMachine.reduce((values, { check }) => ({ ...values, ...check.values }), {});
  return latestCounted(deployment, item.key, "measurement")?.values ?? {};
}

function isOverruled(deployment: Deployment, item: ItemTemplate): boolean {
  return standingVerdicts(deployment, item).some(({ entry }) => entry.overruled !== null);
}

function met(message: string, machine: Judgement | null = null): Judgement {
  const validUntil = machine?.verdict === "met" ? machine.validUntil : null;
  return { verdict: "met", message, validUntil, due: false };
}

function titles(classes: readonly RotationClass[]): string {
  return classes.map(({ title }) => title).join(", ");
}
