import Link from "next/link";
import type { ReactNode } from "react";
import { asRoute } from "#components/ui/as-route.ts";
import { type Account, ACCOUNT_PLACES, AccountMenu } from "./account-menu.tsx";
import { CommandMenu } from "./command-menu.tsx";
import { GoShortcuts } from "./go-shortcuts.tsx";
import { LogoMark } from "./logo-mark.tsx";
import type { NavItem } from "./nav-item.ts";
import { NavBar } from "./nav-links.tsx";
import { NotificationBell, NOTIFICATIONS_PLACE } from "./notification-bell.tsx";
import { SkipLink } from "./skip-link.tsx";
import type { Theme } from "./theme.ts";

interface AppHeaderProps {
  items: readonly NavItem[];
  /** What this person may begin from anywhere. */
  deeds: readonly NavItem[];
  /** Where this person's work is; the mark leads there. */
  homeHref: string;
  account: Account;
  theme: Theme;
  /** How many notifications this person has not read. */
  unread: number;
  /** The control that ends the session. */
  signOut: ReactNode;
}

/** The band above every signed-in page. */
export function AppHeader({ items, deeds, homeHref, account, theme, unread, signOut }: AppHeaderProps) {
  const places = [...items, NOTIFICATIONS_PLACE, ...ACCOUNT_PLACES];
  return (
    <header className="border-b border-line bg-surface">
      <SkipLink />
      <div className="mx-auto flex h-12 max-w-page items-center gap-6 px-3 sm:px-5">
        <Link
          href={asRoute(homeHref)}
          className="touch-target flex items-center gap-2 rounded-md text-lg font-semibold tracking-tight"
        >
          <LogoMark className="size-6" />
          <span className="max-[22rem]:sr-only">Countersign</span>
        </Link>
        <NavBar items={items} />
        <div className="ml-auto flex items-center gap-1 sm:gap-2 pointer-coarse:gap-0">
          <CommandMenu places={places} deeds={deeds} />
          <NotificationBell unread={unread} />
          <AccountMenu account={account} items={items} theme={theme} signOut={signOut} />
        </div>
      </div>
      <GoShortcuts targets={places.flatMap(({ href, key }) => (key ? [{ key, href }] : []))} />
    </header>
  );
}
