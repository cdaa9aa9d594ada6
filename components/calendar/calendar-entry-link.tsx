import Link from "next/link";
import { timeIn } from "#lib/domain/calendar.ts";
import { STATUS_TITLES } from "#lib/domain/status.ts";
import type { CalendarEntry } from "#lib/queries/calendar.ts";
import { STATUS_LOOK } from "#components/board/status-badge.tsx";
import { asRoute } from "#components/ui/as-route.ts";
import { cn } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import { toneText } from "#components/ui/tone.ts";

type CalendarEntryLinkProps = {
  readonly entry: CalendarEntry;
  readonly zone: string;
  /** With words for everything, where there is room; on a phone there always is. */
  readonly roomy: boolean;
  readonly frozen: boolean;
};

/** One deployment on its day: when, what, how it stands, and what is wrong with the date. */
export function CalendarEntryLink({ entry, zone, roomy, frozen }: CalendarEntryLinkProps) {
  const { tone, icon } = STATUS_LOOK[entry.status];
  const teamTime =
    entry.zone === zone ? null : `${timeIn(entry.zone, entry.at)} ${entry.zone.replaceAll("_", " ")}`;
  const warnings = [
    ...(entry.overlaps ? [{ icon: "alert" as const, words: "overlaps" }] : []),
    ...(frozen ? [{ icon: "snowflake" as const, words: "in a freeze" }] : []),
  ];
  return (
    <Link
      href={asRoute(`/deployments/${entry.id}`)}
      title={[
        `${entry.service} ${entry.version} to ${entry.environment}`,
        STATUS_TITLES[entry.status],
        entry.team,
        teamTime,
      ]
        .filter(Boolean)
        .join(" · ")}
      className="block rounded-sm px-1 py-0.5 text-sm hover:bg-hover pointer-coarse:py-2"
    >
      <span className="flex min-w-0 items-center gap-1">
        <Icon name={icon} className={cn("size-3.5", toneText[tone])} />
        <time dateTime={entry.at} className="text-ink-muted tabular-nums">
          {timeIn(zone, entry.at)}
        </time>
        <span className={cn("truncate font-medium", entry.status === "cancelled" && "line-through")}>
          {entry.service}
        </span>
        {warnings.map((warning) => (
          <Icon key={warning.icon} name={warning.icon} className="size-3.5 text-attention-text" />
        ))}
      </span>
      <span className={cn("block min-w-0 pl-4.5 text-ink-muted", !roomy && "md:sr-only")}>
        <span className="block truncate">
          <span className="font-mono">{entry.version}</span> · {entry.environment}
        </span>
        <span className={cn("block", toneText[tone])}>{STATUS_TITLES[entry.status]}</span>
        {teamTime !== null && <span className="block truncate">{teamTime}</span>}
        {warnings.map(({ words }) => (
          <span key={words} className="block font-medium text-attention-text">
            {words}
          </span>
        ))}
      </span>
    </Link>
  );
}
