"use client";

import { Dialog as Primitive } from "@base-ui/react/dialog";
import { type ReactNode, useRef } from "react";
import { buttonVariants } from "./button-variants.ts";
import { Icon } from "./icon.tsx";

interface SheetProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** Beneath the title: where the thing belongs, its state. */
  description?: ReactNode;
  /** Stays at the bottom while the rest scrolls. */
  footer?: ReactNode;
  /** Selects what has the focus at the start: the title, unless somebody came for more. */
  startAt?: string;
  /** `false` leaves the page beside it usable and scrolling; for following a list item by item. */
  modal?: boolean;
  children: ReactNode;
}

/** Details of one thing beside the page; the whole screen on a phone. Load it lazily, as a dialog. */
export function Sheet({
  open,
  onOpenChange,
  title,
  description,
  footer,
  startAt = "h2",
  modal = true,
  children,
}: SheetProps) {
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Primitive.Root
      open={open}
      onOpenChange={(next) => onOpenChange(next)}
      modal={modal}
      disablePointerDismissal={!modal}
    >
      <Primitive.Portal>
        {modal && (
          <Primitive.Backdrop className="fixed inset-0 z-50 bg-scrim/60 transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        )}
        <Primitive.Popup
          ref={popup}
          initialFocus={() => popup.current?.querySelector<HTMLElement>(startAt) ?? true}
          className="fixed inset-y-0 right-0 z-50 flex w-full flex-col border-line bg-raised shadow-sheet transition-[opacity,translate] data-ending-style:translate-x-4 data-ending-style:opacity-0 data-starting-style:translate-x-4 data-starting-style:opacity-0 sm:max-w-md sm:border-l"
        >
          <header className="flex items-start gap-3 border-b border-line px-5 py-3">
            <div className="min-w-0 grow">
              {/* It has the focus only to be read first: a ring would say that it can be used. */}
              <Primitive.Title tabIndex={-1} className="text-lg font-semibold text-balance outline-none">
                {title}
              </Primitive.Title>
              {description && (
                <Primitive.Description className="mt-1 text-sm text-ink-muted" render={<div />}>
                  {description}
                </Primitive.Description>
              )}
            </div>
            <Primitive.Close
              aria-label="Close"
              className={buttonVariants({ variant: "ghost", size: "icon-sm" })}
            >
              <Icon name="close" />
            </Primitive.Close>
          </header>
          <div className="grow overflow-y-auto overscroll-contain px-5 py-4">{children}</div>
          {footer && <footer className="border-t border-line px-5 py-3">{footer}</footer>}
        </Primitive.Popup>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
