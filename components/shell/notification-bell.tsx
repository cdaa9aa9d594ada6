"use client";

import { useState } from "react";
import { useLive } from "#components/live/live-provider.tsx";
import { CurrentLink } from "#components/ui/current-link.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { NavItem } from "./nav-item.ts";

export const NOTIFICATIONS_PLACE: NavItem = {
  href: "/notifications",
  label: "Notifications",
  icon: "bell",
  key: "u",
};

const SHOWN_AT_MOST = 99;

/** Leads to what one was told of, with the number of what is unread, which keeps itself. */
export function NotificationBell({ unread }: { unread: number }) {
  const [heard, setHeard] = useState<number | null>(null);
  useLive((message) => {
    if (message.kind === "unread") setHeard(message.unread);
  });
  const count = heard ?? unread;
  return (
    <CurrentLink
      href={NOTIFICATIONS_PLACE.href}
      aria-label={count === 0 ? "Notifications" : `Notifications, ${count} unread`}
      title={`${NOTIFICATIONS_PLACE.label} (g then ${NOTIFICATIONS_PLACE.key})`}
      className="touch-target relative grid size-8 place-items-center pointer-coarse:size-11 rounded-md text-ink-muted hover:bg-hover hover:text-ink aria-[current=page]:bg-hover aria-[current=page]:text-ink"
    >
      <Icon name="bell" className="size-4" />
      {count > 0 && (
        <span
          aria-hidden="true"
          className="absolute bottom-1/2 left-1/2 min-w-4 rounded-full bg-waiting px-1 text-center text-xs leading-4 font-semibold text-on-solid tabular-nums"
        >
          {count > SHOWN_AT_MOST ? `${SHOWN_AT_MOST}+` : count}
        </span>
      )}
    </CurrentLink>
  );
}
