"use client";

import { later } from "#components/ui/later.tsx";
import { useEffect, useState } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { isWriting } from "#components/ui/is-writing.ts";
import { Kbd } from "#components/ui/kbd.tsx";
import { isDialogOpen } from "#components/ui/page-keys.ts";
import type { NavItem } from "./nav-item.ts";

const CommandPalette = later(() => import("./command-palette.tsx"));
const KeyHelp = later(() => import("./key-help.tsx"));

/** ⌘K (or Ctrl K) opens the palette, ? the keyboard map. Both are fetched when first asked for. */
export function CommandMenu({ places }: { places: readonly NavItem[] }) {
  const [open, setOpen] = useState<"palette" | "keys" | null>(null);
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const command = event.metaKey || event.ctrlKey;
      if (command && event.key.toLowerCase() === "k" && !event.altKey && !event.shiftKey) {
        event.preventDefault();
        setOpen((before) => (before === "palette" ? null : "palette"));
      } else if (event.key === "?" && !command && !isWriting(event.target) && !isDialogOpen()) {
        event.preventDefault();
        setOpen("keys");
      }
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  const close = () => setOpen(null);
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => setOpen("palette")}
        className="touch-target flex h-8 items-center gap-2 rounded-md px-2 text-ink-muted hover:bg-hover hover:text-ink lg:border lg:border-line lg:bg-sunken"
      >
        <Icon name="search" className="size-4" />
        <span className="sr-only lg:not-sr-only lg:pr-8">Search</span>
        <span aria-hidden="true" className="hidden lg:inline">
          <Kbd>⌘K</Kbd>
        </span>
      </button>
      {open === "palette" && (
        <CommandPalette places={places} onClose={close} onKeys={() => setOpen("keys")} />
      )}
      {open === "keys" && <KeyHelp onClose={close} />}
    </>
  );
}
