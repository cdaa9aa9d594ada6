import type { ItemView } from "#lib/queries/deployment-view.ts";
import { nearness } from "#lib/domain/dues.ts";
import { formatRelative } from "#components/clock/format-clock.ts";
import { cn } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Initials } from "#components/ui/initials.tsx";

type ItemMarksProps = {
  readonly item: ItemView;
  /** Whether it is the reader's own. */
  readonly mine: boolean;
  readonly now: string;
};

/** What an open item's line says of the work: that its date is near or past, what was said, whose it is. */
export function ItemMarks({ item, mine, now }: ItemMarksProps) {
  const open = item.status === "open";
  return (
    <>
      {open && item.dueAt !== null && <DueMark dueAt={item.dueAt} now={now} />}
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

function DueMark({ dueAt, now }: { dueAt: string; now: string }) {
  const near = nearness(dueAt, now);
  if (near === "far") return null;
  const late = near === "late";
  return (
    <span
      title={late ? "Its date is past" : "Its date is near"}
      className={cn("item-evidence", late ? "text-blocked-text" : "text-attention-text")}
    >
      <Icon name="timer" className="size-3.5" />
      <span className="max-sm:sr-only">
        {late ? "was due " : "due "}
        {formatRelative(Date.parse(dueAt), Date.parse(now))}
      </span>
    </span>
  );
}
