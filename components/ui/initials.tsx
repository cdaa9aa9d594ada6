import { cn } from "./class-names.ts";

interface InitialsProps {
  /** The person's full name; it is what assistive technology reads. */
  name: string;
  /** The name stands beside it in words: then this is decoration. */
  decorative?: boolean;
  className?: string;
}

/** A person in two letters. */
export function Initials({ name, decorative = false, className }: InitialsProps) {
  return (
    <span
      role={decorative ? undefined : "img"}
      aria-label={decorative ? undefined : name}
      aria-hidden={decorative || undefined}
      title={decorative ? undefined : name}
      className={cn(
        "inline-grid size-6 shrink-0 place-items-center rounded-full border border-line bg-hover text-[0.6875rem] font-semibold text-ink-muted select-none",
        className,
      )}
    >
      {initialsOf(name)}
    </span>
  );
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0] ?? "";
  const last = words.length > 1 ? (words.at(-1) ?? "") : "";
  const letters = last === "" ? [...first].slice(0, 2) : [...first].slice(0, 1).concat([...last].slice(0, 1));
  return letters.join("").toUpperCase();
}
