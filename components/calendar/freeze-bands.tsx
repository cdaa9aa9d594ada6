import { dayIn, timeIn, type Day } from "#lib/domain/calendar.ts";
import type { FreezeRow } from "#lib/queries/list-freezes.ts";
import { cn } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";

type FreezeBandsProps = {
  readonly lanes: readonly (FreezeRow | null)[];
  readonly day: Day;
  readonly zone: string;
  /** The band says its name again at the beginning of each row. */
  readonly startsRow: boolean;
};

/** The freeze windows of one day as bands; the words stand where a band begins or comes back. */
export function FreezeBands({ lanes, day, zone, startsRow }: FreezeBandsProps) {
  if (lanes.length === 0) return null;
  return (
    <ul className="grid gap-0.5">
      {lanes.map((freeze, lane) =>
        freeze === null ? (
          <li key={`lane ${lane}`} aria-hidden="true" className="h-5 max-md:hidden" />
        ) : (
          <Band key={freeze.id} freeze={freeze} day={day} zone={zone} startsRow={startsRow} />
        ),
      )}
    </ul>
  );
}

function Band({ freeze, day, zone, startsRow }: { freeze: FreezeRow } & Omit<FreezeBandsProps, "lanes">) {
  const begins = dayIn(zone, freeze.startsAt) === day;
  const words = freezeWords(freeze);
  return (
    <li
      title={words}
      className={cn(
        "flex h-5 items-center gap-1 overflow-hidden px-2 text-xs whitespace-nowrap max-md:rounded-sm",
        freeze.state === "ended" || freeze.state === "over"
          ? "bg-hover text-ink-muted"
          : "bg-blocked-surface text-blocked-text",
        begins && "md:ml-1 md:rounded-l-sm",
      )}
    >
      <span className={cn("contents", !begins && !startsRow && "md:sr-only")}>
        <Icon name="snowflake" className="size-3" />
        {begins && <span className="tabular-nums">{timeIn(zone, freeze.startsAt)}</span>}
        <span className="truncate">{words}</span>
      </span>
    </li>
  );
}

function freezeWords({ team, environment, reason, state }: FreezeRow): string {
  const where = [environment ?? "everything", ...(team === null ? [] : [team])].join(", ");
  return `${state === "ended" ? "Freeze ended" : "Frozen"} (${where}): ${reason}`;
}
