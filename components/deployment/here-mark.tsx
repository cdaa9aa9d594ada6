import { Initials } from "#components/ui/initials.tsx";

/** Who else is at an item: one mark, and a number beyond it. */
export function HereMark({ names }: { names: string }) {
  const [first = "", ...others] = names.split(", ");
  return (
    <span
      role="img"
      aria-label={`${names} ${others.length === 0 ? "is" : "are"} here`}
      title={`Here now: ${names}`}
      className="flex shrink-0 animate-arrive items-center gap-0.5"
    >
      <Initials
        name={first}
        decorative
        className="size-5 border-waiting-border bg-waiting-surface text-waiting-text"
      />
      {others.length > 0 && <span className="text-xs text-waiting-text tabular-nums">+{others.length}</span>}
    </span>
  );
}
