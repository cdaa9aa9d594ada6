import type { ReactNode } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { Initials } from "#components/ui/initials.tsx";
import type { NavItem } from "./nav-item.ts";
import { NavList } from "./nav-links.tsx";
import type { Theme } from "./theme.ts";
import { ThemeChoice } from "./theme-choice.tsx";

export interface Account {
  name: string;
  /** In words, with the team where it is held for one: 'Team lead, Payments'. */
  roles: readonly string[];
}

interface AccountMenuProps {
  account: Account;
  items: readonly NavItem[];
  theme: Theme;
  /** The control that ends the session. */
  signOut: ReactNode;
}

const ID = "account-menu";

/** Where one's own things are. */
export const ACCOUNT_PLACES: readonly NavItem[] = [
  { href: "/account", label: "Your account", icon: "person" },
  { href: "/account/notifications", label: "Notification settings", icon: "settings" },
  { href: "/account/delegations", label: "Delegations", icon: "people" },
  { href: "/tokens", label: "API tokens", icon: "key" },
  { href: "/api-reference", label: "API reference", icon: "note" },
];

/** Who is signed in, how the app looks, the way out; on a phone the main places too. No script opens it. */
export function AccountMenu({ account, items, theme, signOut }: AccountMenuProps) {
  return (
    <>
      <button
        type="button"
        popoverTarget={ID}
        aria-haspopup="dialog"
        className="touch-target flex h-8 items-center gap-2 rounded-md px-1.5 hover:bg-hover pointer-coarse:size-11 pointer-coarse:justify-center lg:pointer-coarse:w-auto"
      >
        <Initials name={account.name} decorative className="max-lg:hidden" />
        <span className="sr-only max-w-40 truncate font-medium xl:not-sr-only xl:overflow-hidden xl:whitespace-nowrap">
          {account.name}
        </span>
        <Icon name="menu" className="size-5 text-ink-muted lg:hidden" />
        <Icon name="chevron-down" className="hidden size-3.5 text-ink-faint lg:block" />
      </button>
      <div
        id={ID}
        popover="auto"
        role="dialog"
        aria-label="Your account"
        className="fixed top-12 right-3 z-10 max-h-[calc(100dvh-3.75rem)] w-80 max-w-[calc(100vw-1.5rem)] overflow-y-auto overscroll-contain rounded-lg border border-line bg-raised shadow-popup backdrop:max-lg:bg-scrim sm:right-5"
      >
        <div className="border-b border-line lg:hidden">
          <NavList items={items} inColumns />
        </div>
        <div className="flex items-center gap-3 px-4 py-3">
          <Initials name={account.name} decorative className="size-9 text-sm" />
          <div className="min-w-0">
            <p className="truncate font-semibold">{account.name}</p>
            <p className="text-sm text-pretty text-ink-muted">{account.roles.join(" · ")}</p>
          </div>
        </div>
        <div className="border-t border-line">
          <NavList label="Yours" items={ACCOUNT_PLACES} />
        </div>
        <div className="flex flex-wrap items-center justify-between gap-3 border-t border-line px-4 py-2.5">
          <ThemeChoice theme={theme} />
          {signOut}
        </div>
      </div>
    </>
  );
}
