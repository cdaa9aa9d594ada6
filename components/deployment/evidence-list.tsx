import type { Evidence, StoredFile } from "#lib/domain/evidence.ts";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { Time } from "#components/ui/time.tsx";
import { SLO_METRICS } from "#lib/domain/slo.ts";
import { formatBytes } from "./format-bytes.ts";
import { VerdictBadge } from "./verdict-badge.tsx";

/** The evidence of an item, newest first; what newer evidence replaced stays in sight. */
export function EvidenceList({ evidence, now }: { evidence: readonly Evidence[]; now: string }) {
  if (evidence.length === 0) return <p className="text-ink-faint">None yet.</p>;
  return (
    <ul className="divide-y divide-line rounded-md border border-line">
      {evidence.map((entry) => (
        <li key={entry.id} className="flex items-start gap-2 px-3 py-2">
          <Icon name={ICONS[entry.content.kind]} className="mt-0.5 size-4 text-ink-faint" />
          <div className="min-w-0 grow">
            <div className="break-words">
              <EvidenceContent entry={entry} />
            </div>
            <p className="text-sm text-ink-faint">
              {entry.recorded.by.name}, <Time at={entry.recorded.at} now={now} />
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

function EvidenceContent({ entry: { content, overruled } }: { entry: Evidence }) {
  switch (content.kind) {
    case "note":
      return <p className="whitespace-pre-wrap">{content.text}</p>;
    case "link":
      return (
        <a
          href={content.url}
          target="_blank"
          rel="noreferrer noopener"
          className="underline decoration-line-strong underline-offset-2"
        >
          {content.title ?? content.url}
        </a>
      );
    case "measurement":
      return (
        <ul>
          {Object.entries(content.values).map(([metric, value]) => (
            <li key={metric}>
              {titleOf(metric)} <span className="font-mono tabular-nums">{value}</span>
            </li>
          ))}
        </ul>
      );
    case "time":
      return (
        <time dateTime={content.at} className="font-mono">
          {content.at.slice(0, 16).replace("T", " ")} UTC
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
          {Object.entries(content.rotatedOn).map(([name, date]) => (
            <li key={name}>
              {name} <span className="font-mono">{date}</span>
            </li>
          ))}
        </ul>
      );
  }
}

function FileLink({ file: { fileId, name, bytes } }: { file: StoredFile }) {
  return (
    <a href={`/api/v1/files/${fileId}`} download className="inline-flex items-center gap-1.5">
      <span className="underline decoration-line-strong underline-offset-2">{name}</span>
      <span className="text-sm text-ink-faint">{formatBytes(bytes)}</span>
    </a>
  );
}

function titleOf(metric: string): string {
  const known = Object.entries(SLO_METRICS).find(([key]) => key === metric)?.[1];
  return known === undefined ? metric : `${known.title} (${known.unit})`;
}
