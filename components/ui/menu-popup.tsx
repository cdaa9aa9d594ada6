"use client";

import { Menu as Primitive } from "@base-ui/react/menu";
import type { RefObject } from "react";
import { cn } from "./class-names.ts";
import { Icon } from "./icon.tsx";
import type { MenuEntry } from "./menu.tsx";

interface MenuPopupProps {
  label: string;
  entries: readonly MenuEntry[];
  anchor: RefObject<HTMLElement | null>;
  /** Where in the document it stands. */
  host: HTMLElement;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function MenuPopup({ label, entries, anchor, host, open, onOpenChange }: MenuPopupProps) {
  return (
    <Primitive.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Primitive.Portal container={host}>
        <Primitive.Positioner anchor={anchor} side="bottom" align="end" sideOffset={6} className="z-50">
          <Primitive.Popup
            aria-label={label}
            finalFocus={anchor}
            className="min-w-48 rounded-lg border border-line bg-raised p-1 shadow-popup transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            {entries.map((entry) => (
              <MenuItem key={entry.label} entry={entry} />
            ))}
          </Primitive.Popup>
        </Primitive.Positioner>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

function MenuItem({ entry }: { entry: MenuEntry }) {
  const { label, icon, danger = false, disabledReason, phoneOnly = false, onSelect } = entry;
  return (
    <Primitive.Item
      disabled={disabledReason !== undefined}
      onClick={onSelect}
      className={cn(
        "flex min-h-8 cursor-pointer items-center gap-2 rounded-md px-2 py-1 outline-none pointer-coarse:min-h-11",
        "data-disabled:cursor-not-allowed data-disabled:text-ink-faint",
        danger ? "text-blocked-text data-highlighted:bg-blocked-surface" : "data-highlighted:bg-hover",
        phoneOnly && "sm:hidden",
      )}
    >
      {icon && <Icon name={icon} className={danger ? "size-4" : "size-4 text-ink-faint"} />}
      <span>
        {label}
        {disabledReason && <span className="block text-sm">{disabledReason}</span>}
      </span>
    </Primitive.Item>
  );
}
