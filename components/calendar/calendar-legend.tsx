import { STATUSES, STATUS_TITLES } from "#lib/domain/status.ts";
import type { CalendarEntry } from "#lib/queries/calendar.ts";
import { STATUS_LOOK } from "#components/board/status-badge.tsx";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { toneText } from "#components/ui/tone.ts";

type CalendarLegendProps = { readonly entries: readonly CalendarEntry[]; readonly frozen: boolean };

/** What the icons that are in sight mean. */
export function CalendarLegend({ entries, frozen }: CalendarLegendProps) {
  const shown = STATUSES.filter((status) => entries.some((entry) => entry.status === status));
  const overlaps = entries.some((entry) => entry.overlaps);
  if (shown.length === 0) return null;
  return (
    <ul aria-label="Legend" className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-muted max-md:hidden">
      {shown.map((status) => (
        <Mark
          key={status}
          icon={STATUS_LOOK[status].icon}
          colour={toneText[STATUS_LOOK[status].tone]}
          words={STATUS_TITLES[status]}
        />
      ))}
      {overlaps && <Mark icon="alert" colour="text-attention-text" words="Less than a day from another" />}
      {frozen && <Mark icon="snowflake" colour="text-attention-text" words="Planned within a freeze" />}
    </ul>
  );
}

function Mark({ icon, colour, words }: { icon: IconName; colour: string; words: string }) {
  return (
    <li className="flex items-center gap-1.5">
      <Icon name={icon} className={`size-3.5 ${colour}`} />
      {words}
    </li>
  );
}
