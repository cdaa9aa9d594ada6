import { VisuallyHidden } from "#components/ui/visually-hidden.tsx";
import type { NavItem } from "./nav-item.ts";

/** What waits for this person behind a link. */
export function NavCount({ item }: { item: NavItem }) {
  if (!item.count) return null;
  return (
    <span className="rounded-full bg-waiting-surface px-1.5 text-xs font-semibold text-waiting-text tabular-nums">
      {item.count}
      <VisuallyHidden> waiting for you</VisuallyHidden>
    </span>
  );
}
