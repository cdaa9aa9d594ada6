import { CurrentLink } from "#components/ui/current-link.tsx";
import { cn } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { NavCount } from "./nav-count.tsx";
import type { NavItem } from "./nav-item.ts";

const MORE = "more-places";

/** The main places in the header of a wide screen, the others behind one button that no script opens. */
export function NavBar({ items }: { items: readonly NavItem[] }) {
  const more = items.filter((item) => item.more);
  return (
    <nav aria-label="Main" className="hidden lg:block">
      <ul className="flex items-center gap-0.5">
        {items.map((item) =>
          item.more ? null : (
            <li key={item.href}>
              <CurrentLink
                href={item.href}
                nested
                title={item.key && `g then ${item.key}`}
                className="flex h-8 items-center gap-1.5 rounded-md px-2.5 font-medium whitespace-nowrap text-ink-muted transition-colors hover:bg-hover hover:text-ink aria-[current=page]:bg-hover aria-[current=page]:text-ink"
              >
                {item.label}
                <NavCount item={item} />
              </CurrentLink>
            </li>
          ),
        )}
        {more.length > 0 && (
          <li className="group">
            <button
              type="button"
              popoverTarget={MORE}
              aria-haspopup="dialog"
              className="flex h-8 items-center gap-1.5 rounded-md px-2.5 font-medium whitespace-nowrap text-ink-muted transition-colors [anchor-name:--more-places] group-has-[[aria-current=page]]:bg-hover group-has-[[aria-current=page]]:text-ink hover:bg-hover hover:text-ink"
            >
              More
              <Icon name="chevron-down" className="size-3.5 text-ink-faint" />
            </button>
            <div
              id={MORE}
              popover="auto"
              role="dialog"
              aria-label="More places"
              className="absolute top-12 left-96 w-56 rounded-lg border border-line bg-raised shadow-popup [left:anchor(--more-places_left)]"
            >
              <NavList label="More" items={more} />
            </div>
          </li>
        )}
      </ul>
    </nav>
  );
}

type NavListProps = {
  readonly items: readonly NavItem[];
  readonly label?: string;
  /** Two of them, so that a phone shows all without scrolling. */
  readonly inColumns?: boolean;
};

/** The same places as rows a thumb can hit. */
export function NavList({ items, label = "Main", inColumns = false }: NavListProps) {
  return (
    <nav aria-label={label}>
      <ul className={cn("p-1", inColumns && "grid grid-cols-2")}>
        {items.map((item) => (
          <li key={item.href}>
            <CurrentLink
              href={item.href}
              nested
              className="flex h-9 items-center gap-3 rounded-md px-3 font-medium hover:bg-hover aria-[current=page]:bg-hover pointer-coarse:h-11"
            >
              <Icon name={item.icon} className="size-4 text-ink-faint" />
              <span className="grow">{item.label}</span>
              <NavCount item={item} />
              {item.key && !inColumns && (
                <span className="flex gap-0.5 pointer-coarse:hidden">
                  <Kbd>g</Kbd>
                  <Kbd>{item.key}</Kbd>
                </span>
              )}
            </CurrentLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
