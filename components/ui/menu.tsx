"use client";

import { useRef, useState } from "react";
import { Button } from "./button.tsx";
import { Icon, type IconName } from "./icon.tsx";
import { later } from "./later.tsx";

export interface MenuEntry {
  label: string;
  icon?: IconName;
  /** Cannot be taken back: stands apart, in red. */
  danger?: boolean;
  /** Why it cannot be chosen now; it stays in the list and says so. */
  disabledReason?: string;
  /** A wider screen offers it elsewhere. */
  phoneOnly?: boolean;
  onSelect: () => void;
}

interface MenuProps {
  /** Names the button, and the menu it opens. */
  label: string;
  entries: readonly MenuEntry[];
  size?: "icon" | "icon-sm";
  icon?: IconName;
}

const loadPopup = () => import("./menu-popup.tsx");
// What does not come now is asked for again, and spoken of, when the menu opens.
const prepare = () => void loadPopup().catch(() => undefined);
const MenuPopup = later(async () => ({ default: (await loadPopup()).MenuPopup }));

/** A button with further actions. Their list is loaded as the pointer or the focus draws near. */
export function Menu({ label, entries, size = "icon", icon = "more" }: MenuProps) {
  const [open, setOpen] = useState(false);
  const [host, setHost] = useState<HTMLElement | null>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  return (
    <>
      <Button
        ref={trigger}
        variant="ghost"
        size={size}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        onPointerEnter={prepare}
        onFocus={prepare}
        onClick={(event) => {
          // The list stands in the landmark or dialog of its button, not loose in the document.
          setHost(event.currentTarget.closest<HTMLElement>("main, header, [role=dialog]"));
          setOpen(true);
        }}
      >
        <Icon name={icon} />
      </Button>
      {host && (
        <MenuPopup
          label={label}
          entries={entries}
          anchor={trigger}
          host={host}
          open={open}
          onOpenChange={setOpen}
        />
      )}
    </>
  );
}
