"use client";

import type { SectionView } from "#lib/queries/deployment-view.ts";
import { Menu } from "#components/ui/menu.tsx";
import type { Selection } from "./use-selection.ts";

type SectionMenuProps = { readonly section: SectionView; readonly selection: Selection };

/** Chooses a section's items at once; what can be done with them stands above the list. */
export function SectionMenu({ section, selection }: SectionMenuProps) {
  const open = section.items.filter(({ status }) => status === "open");
  const free = open.filter(({ owner }) => owner === null);
  const choose = (items: readonly { readonly key: string }[]) => () =>
    selection.add(items.map(({ key }) => key));
  return (
    <Menu
      label={`Actions for ${section.title}`}
      size="icon-sm"
      entries={[
        {
          label: `Choose all that are open (${open.length})`,
          icon: "check-all",
          disabledReason: open.length === 0 ? "None is open" : undefined,
          onSelect: choose(open),
        },
        {
          label: `Choose those without an owner (${free.length})`,
          icon: "person",
          disabledReason: free.length === 0 ? "Each open one has an owner" : undefined,
          onSelect: choose(free),
        },
      ]}
    />
  );
}
