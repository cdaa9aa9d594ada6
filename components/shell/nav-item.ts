import type { IconName } from "#components/ui/icon.tsx";

/** One of the app's main places. */
export interface NavItem {
  href: string;
  label: string;
  icon: IconName;
  /** What waits there for this person; nothing is shown for zero. */
  count?: number;
  /** Visited less often: on a wide screen it stands under "More". */
  more?: true;
  /** The second key of its shortcut: `b` for `g b`. */
  key?: string;
}
