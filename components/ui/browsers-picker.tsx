"use client";

import { useRef, useSyncExternalStore } from "react";
import { buttonVariants } from "./button-variants.ts";
import { cn } from "./class-names.ts";
import { Icon } from "./icon.tsx";

type BrowsersPickerProps = {
  readonly kind: "date" | "datetime-local";
  /** The value that the picker opens at, in the browser's form; empty for none. */
  readonly onOpen: () => string;
  readonly onPick: (value: string) => void;
};

/** A button that opens the browser's own picker over the field beside it; nothing where there is none. */
export function BrowsersPicker({ kind, onOpen, onPick }: BrowsersPickerProps) {
  const picker = useRef<HTMLInputElement>(null);
  const hasPicker = useSyncExternalStore(neverChanges, browserHasPicker, serverHasNone);
  if (!hasPicker) return null;
  const open = () => {
    if (picker.current === null) return;
    picker.current.value = onOpen();
    picker.current.showPicker();
  };
  return (
    <>
      <button
        type="button"
        aria-label="Pick a date"
        title="Pick a date"
        className={cn(buttonVariants({ variant: "ghost", size: "icon-sm" }), "shrink-0")}
        onClick={open}
      >
        <Icon name="calendar" />
      </button>
      <input
        ref={picker}
        type={kind}
        tabIndex={-1}
        aria-hidden="true"
        className="pointer-events-none absolute right-0 bottom-0 size-px opacity-0"
        onInput={({ currentTarget }) => onPick(currentTarget.value)}
      />
    </>
  );
}

function neverChanges(): () => void {
  return () => undefined;
}

function browserHasPicker(): boolean {
  return "showPicker" in HTMLInputElement.prototype;
}

function serverHasNone(): boolean {
  return false;
}
