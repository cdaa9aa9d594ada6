import type { ItemView } from "#lib/queries/deployment-view.ts";
import { formatMoment, formatRelative } from "#components/clock/format-clock.ts";
import { cn } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Initials } from "#components/ui/initials.tsx";

type ItemMarksProps = {
  readonly item: ItemView;
  /** Whether it stands open on the screen. */
  readonly open: boolean;
  /** Whether it is the reader's own. */
  readonly mine: boolean;
  readonly now: string;
};

/** What an open item's line says of the work: a date of its own, what was said, whose it is. */
export function ItemMarks({ item, open, mine, now }: ItemMarksProps) {
  return (
    <>
      {open && item.dueIsSet && item.dueAt !== null && <DueMark dueAt={item.dueAt} now={now} />}
      {item.comments > 0 && (
        <span className="item-evidence">
          <Icon name="comment" className="size-3.5" />
          {item.comments}
          <span className="sr-only"> comments</span>
        </span>
      )}
      {open && item.owner !== null && (
        <span
          role="img"
          aria-label={mine ? "yours" : `owner: ${item.owner.name}`}
          title={mine ? "Yours" : `Owner: ${item.owner.name}`}
          className="inline-grid shrink-0"
        >
          <Initials
            name={item.owner.name}
            decorative
            className={cn("size-5", mine && "border-ink-muted bg-ink-muted text-surface")}
          />
        </span>
      )}
    </>
  );
}

/** So near, a date wants attention. */
const SOON_MS = 15 * 60_000;

/** When something is due: quiet while there is time, amber in the last minutes, red from then on. */
export function DueMark({ dueAt, now }: { dueAt: string; now: string }) {
  const left = Date.parse(dueAt) - Date.parse(now);
  const late = left <= 0;
  return (
    <span
      title={formatMoment(Date.parse(dueAt))}
      className={cn(
        "item-evidence whitespace-nowrap",
        late ? "text-blocked-text" : left <= SOON_MS && "text-attention-text",
      )}
    >
      <Icon name="timer" className="size-3.5" />
      {late ? "was due " : "due "}
      {formatRelative(Date.parse(dueAt), Date.parse(now))}
    </span>
  );
}
