import type { Evidence } from "#lib/domain/evidence.ts";
import type { EvidenceView } from "#lib/queries/deployment-view.ts";
import { SLO_METRICS } from "#lib/domain/slo.ts";
import type { Requirement } from "#lib/domain/template.ts";
import { writeDay } from "#lib/domain/typed-dates.ts";
import { formatMoment } from "#components/clock/format-clock.ts";
import { Badge } from "#components/ui/badge.tsx";
import { cn } from "#components/ui/class-names.ts";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { Time } from "#components/ui/time.tsx";
import { EvidenceLink, FileLink } from "./evidence-links.tsx";
import { VerdictBadge } from "./verdict-badge.tsx";

type EvidenceListProps = {
  readonly evidence: readonly EvidenceView[];
  /** Names the values and gives their order. */
  readonly requirement: Requirement | null;
  readonly now: string;
};

/** The evidence of an item, newest first; what newer evidence replaced stays in sight. */
export function EvidenceList({ evidence, requirement, now }: EvidenceListProps) {
  if (evidence.length === 0) return <p className="text-ink-faint">None yet.</p>;
  return (
    <ul className="divide-y divide-line rounded-md border border-line">
      {evidence.map((entry) => (
        <li key={entry.id} className="flex items-start gap-2 px-3 py-2">
          <Icon name={ICONS[entry.content.kind]} className="mt-0.5 size-4 text-ink-faint" />
          <div className="min-w-0 grow">
            <div className={cn("break-words", !entry.counts && "text-ink-muted")}>
              <EvidenceContent entry={entry} requirement={requirement} />
            </div>
            <p className="flex flex-wrap items-center gap-x-2 text-sm text-ink-faint">
              <span>
                {entry.recorded.by.name}, <Time at={entry.recorded.at} now={now} />
              </span>
              {!entry.counts && <Badge tone="void">of an earlier T-0, counts no more</Badge>}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}

const ICONS: Readonly<Record<Evidence["content"]["kind"], IconName>> = {
  note: "note",
  link: "link",
  measurement: "gauge",
  time: "clock",
  rotation: "key",
  file: "file",
  check: "server",
};

type EvidenceContentProps = Pick<EvidenceListProps, "requirement"> & { readonly entry: Evidence };

function EvidenceContent({ entry: { content, overruled }, requirement }: EvidenceContentProps) {
  switch (content.kind) {
    case "note":
      return <p className="whitespace-pre-wrap">{content.text}</p>;
    case "link":
      return <EvidenceLink link={content} />;
    case "measurement":
      return (
        <ul>
          {inOrder(content.values, titlesOf(requirement)).map(({ key, title, value }) => (
            <li key={key}>
              {title}: <span className="font-mono tabular-nums">{value}</span>
            </li>
          ))}
        </ul>
      );
    case "time":
      return (
        <time dateTime={content.at} className="tabular-nums">
          {formatMoment(Date.parse(content.at))}
        </time>
      );
    case "file":
      return <FileLink file={content} />;
    case "check":
      return (
        <>
          <p className="flex flex-wrap items-center gap-x-2">
            <VerdictBadge verdict={content.verdict} overruled={overruled !== null} />
            <span className="font-medium">
              {content.title}
              {content.label !== null && ` (${content.label})`}
            </span>
          </p>
          <p>{content.summary}</p>
          {content.report !== null && <FileLink file={content.report} />}
        </>
      );
    case "rotation":
      return (
        <ul>
          {inOrder(content.rotatedOn, titlesOf(requirement)).map(({ key, title, value }) => (
            <li key={key}>
              {title}:{" "}
              <time dateTime={value} className="tabular-nums">
                {writeDay(value) || value}
              </time>
            </li>
          ))}
        </ul>
      );
  }
}

const SLO_TITLES = Object.entries(SLO_METRICS).map(
  ([metric, { title, unit }]) => [metric, `${title} (${unit})`] as const,
);

/** What the form of a requirement calls the values that it asks for, in its order. */
function titlesOf(requirement: Requirement | null): ReadonlyMap<string, string> {
  switch (requirement?.kind) {
    case "measurement":
      return new Map([[requirement.metric, `${requirement.title} (${requirement.unit})`], ...SLO_TITLES]);
    case "rotation":
      return new Map(requirement.classes.map(({ key, title }) => [key, title]));
    default:
      return new Map(SLO_TITLES);
  }
}

// What the requirement does not name stands last, under its own key.
function inOrder<T>(values: Readonly<Record<string, T>>, titles: ReadonlyMap<string, string>) {
  const places = [...titles.keys()];
  const placeOf = (key: string) => (titles.has(key) ? places.indexOf(key) : places.length);
  return Object.entries(values)
    .map(([key, value]) => ({ key, title: titles.get(key) ?? key, value }))
    .toSorted((a, b) => placeOf(a.key) - placeOf(b.key));
}
