"use client";

import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { asRoute } from "#components/ui/as-route.ts";
import { cn } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { type Command, type CommandGroup, useCommands } from "./use-commands.ts";
import type { NavItem } from "./nav-item.ts";

interface CommandPaletteProps {
  places: readonly NavItem[];
  deeds: readonly NavItem[];
  /** What was typed before it stood here. */
  typed: () => string;
  onClose: () => void;
  onKeys: () => void;
}

const client = new QueryClient();

/** Search over deployments and places: type, choose with the arrows, Enter goes there. */
export default function CommandPalette(props: CommandPaletteProps) {
  return (
    <QueryClientProvider client={client}>
      <Dialog.Root open onOpenChange={(open) => !open && props.onClose()}>
        <Dialog.Portal>
          <Dialog.Backdrop className="fixed inset-0 z-50 bg-scrim" />
          <Dialog.Viewport className="fixed inset-0 z-50 flex items-start justify-center p-2 sm:p-4 sm:pt-[12vh]">
            <Dialog.Popup className="flex max-h-[80dvh] w-full max-w-xl flex-col overflow-hidden rounded-lg border border-line bg-raised shadow-sheet">
              <Dialog.Title className="sr-only">Search and go anywhere</Dialog.Title>
              <Palette {...props} />
            </Dialog.Popup>
          </Dialog.Viewport>
        </Dialog.Portal>
      </Dialog.Root>
    </QueryClientProvider>
  );
}

function Palette({ places, deeds, typed, onClose, onKeys }: CommandPaletteProps) {
  const router = useRouter();
  const [text, setText] = useState(typed);
  const { groups, state } = useCommands(text, places, deeds);
  const run = ({ href }: Command) => {
    if (href === null) return onKeys();
    onClose();
    router.push(asRoute(href));
  };
  return (
    <Autocomplete.Root
      open
      inline
      mode="none"
      items={groups}
      value={text}
      onValueChange={setText}
      autoHighlight="always"
      keepHighlight
      itemToStringValue={({ label }: Command) => label}
    >
      <div className="flex items-center gap-2 border-b border-line px-4">
        <Icon name="search" className="size-4 text-ink-faint" />
        <Autocomplete.Input
          aria-label="Search deployments and places"
          placeholder="Service, version, place…"
          maxLength={100}
          className="h-12 grow bg-transparent text-lg outline-none placeholder:text-ink-faint"
        />
        <Dialog.Close aria-label="Close" className="touch-target rounded-sm">
          <span className="pointer-coarse:hidden">
            <Kbd>Esc</Kbd>
          </span>
          <Icon name="close" className="hidden size-5 text-ink-muted pointer-coarse:block" />
        </Dialog.Close>
      </div>
      <Autocomplete.Status className="px-4 text-sm text-ink-muted not-empty:pt-3">
        {STATES[state]}
      </Autocomplete.Status>
      <Autocomplete.List className="grow overflow-y-auto overscroll-contain p-2 empty:p-0">
        {(group: CommandGroup) => (
          <Autocomplete.Group key={group.title} items={group.items} className="pb-2 last:pb-0">
            <Autocomplete.GroupLabel className="microlabel px-2 py-1.5">
              {group.title}
            </Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(command: Command) => (
                <Autocomplete.Item
                  key={command.id}
                  value={command}
                  onClick={() => run(command)}
                  className={cn(
                    "flex min-h-9 cursor-default items-center gap-3 rounded-md border-l-3 border-transparent px-2 py-1 pointer-coarse:min-h-11",
                    "data-highlighted:border-focus data-highlighted:bg-hover",
                    command.href === null && "pointer-coarse:hidden",
                  )}
                >
                  <Icon name={command.icon} className="size-4 text-ink-faint" />
                  <span className="min-w-0 truncate font-medium">{command.label}</span>
                  {command.detail !== "" && (
                    <span className="ml-auto truncate text-sm text-ink-muted">{command.detail}</span>
                  )}
                  {command.keys.length > 0 && (
                    <span className="ml-auto flex shrink-0 gap-0.5 pointer-coarse:hidden">
                      {command.keys.map((key) => (
                        <Kbd key={key}>{key}</Kbd>
                      ))}
                    </span>
                  )}
                </Autocomplete.Item>
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  );
}

const STATES = {
  ready: null,
  waiting: "Looking for deployments…",
  nothing: "Nothing of that name. Services, versions, commits and places are searched.",
  failed: "Deployments could not be searched. Places still can.",
} as const;
