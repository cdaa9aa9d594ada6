"use client";

import type { ReactNode } from "react";
import { CurrentLink } from "./current-link.tsx";

export interface TabLink {
  href: string;
  label: string;
  /** Current on the pages beneath it too. */
  nested?: boolean;
  /** What waits there, if that is worth a glance. */
  count?: number;
}

interface TabLinksProps {
  label: string;
  tabs: readonly TabLink[];
  /** At the end of their line. */
  aside?: ReactNode;
}

/** Tabs that are pages of their own, so a tab can be shared, bookmarked and gone back from. */
export function TabLinks({ label, tabs, aside }: TabLinksProps) {
  return (
    <div className="flex items-center gap-x-4 border-b border-line">
      <nav
        ref={bringIntoSight}
        aria-label={label}
        className="-mb-px overflow-x-auto pb-px max-sm:[mask-image:linear-gradient(to_right,#000_calc(100%-1.5rem),transparent)] max-sm:pr-6"
      >
        <ul className="flex w-max gap-1">
          {tabs.map((tab) => (
            <li key={tab.href}>
              <CurrentLink
                href={tab.href}
                nested={tab.nested}
                className="-mb-px flex h-9 items-center gap-1.5 border-b-2 border-transparent px-2.5 font-medium whitespace-nowrap text-ink-muted transition-colors hover:text-ink focus-visible:-outline-offset-2 aria-[current=page]:border-ink aria-[current=page]:text-ink pointer-coarse:h-11"
              >
                {tab.label}
                {tab.count !== undefined && (
                  <span className="rounded-full bg-hover px-1.5 text-xs text-ink-muted tabular-nums">
                    {tab.count}
                  </span>
                )}
              </CurrentLink>
            </li>
          ))}
        </ul>
      </nav>
      {aside}
    </div>
  );
}

/** So wide is what the end of the line fades over on a phone. */
const FADE = 24;

// Sideways alone: `scrollIntoView` would move the page as well.
function bringIntoSight(list: HTMLElement | null): void {
  const here = list?.querySelector("[aria-current=page]");
  if (list === null || !here) return;
  const beyond = here.getBoundingClientRect().right - list.getBoundingClientRect().right + FADE;
  if (beyond > 0) list.scrollLeft += beyond;
}
