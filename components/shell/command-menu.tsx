"use client";

import { later } from "#components/ui/later.tsx";
import { useEffect, useState, useSyncExternalStore } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { isWriting } from "#components/ui/is-writing.ts";
import { Kbd } from "#components/ui/kbd.tsx";
import { isDialogOpen } from "#components/ui/page-keys.ts";
import { KEYS_ASKED } from "./ask-for-keys.ts";
import type { NavItem } from "./nav-item.ts";
import { useEarlyTyping } from "./use-early-typing.ts";

const CommandPalette = later(() => import("./command-palette.tsx"));
const KeyHelp = later(() => import("./key-help.tsx"));

type CommandMenuProps = {
  readonly places: readonly NavItem[];
  /** What the reader may begin from anywhere. */
  readonly deeds: readonly NavItem[];
};

/** ⌘K (or Ctrl K) opens the palette, ? the keyboard map. Both are fetched when first asked for. */
export function CommandMenu({ places, deeds }: CommandMenuProps) {
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
    const onAsked = () => setOpen("keys");
    document.addEventListener("keydown", onKey);
    document.addEventListener(KEYS_ASKED, onAsked);
    return () => {
      document.removeEventListener("keydown", onKey);
      document.removeEventListener(KEYS_ASKED, onAsked);
    };
  }, []);
  const typed = useEarlyTyping(open === "palette");
  const commandKey = useCommandKey();
  const close = () => setOpen(null);
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => setOpen("palette")}
        className="touch-target flex h-8 items-center gap-2 rounded-md px-2 text-ink-muted pointer-coarse:size-11 pointer-coarse:justify-center xl:pointer-coarse:w-auto hover:bg-hover hover:text-ink xl:border xl:border-line xl:bg-sunken"
      >
        <Icon name="search" className="size-4" />
        <span className="sr-only xl:not-sr-only xl:pr-8">Search</span>
        <span aria-hidden="true" className="hidden xl:inline">
          <Kbd>{commandKey} K</Kbd>
        </span>
      </button>
      {open === "palette" && (
        <CommandPalette
          places={places}
          deeds={deeds}
          typed={typed}
          onClose={close}
          onKeys={() => setOpen("keys")}
        />
      )}
      {open === "keys" && <KeyHelp places={places} commandKey={commandKey} onClose={close} />}
    </>
  );
}

/** The key beside K on the reader's machine; the server cannot know it. */
function useCommandKey(): "⌘" | "Ctrl" {
  return useSyncExternalStore(
    () => () => undefined,
    () => (/Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : "Ctrl"),
    () => "Ctrl",
  );
}
