"use client";

import { Dialog as Primitive } from "@base-ui/react/dialog";
import type { ReactNode } from "react";
import { buttonVariants } from "./button-variants.ts";
import { Button } from "./button.tsx";
import { cn } from "./class-names.ts";
import { Icon } from "./icon.tsx";

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Names the thing and what happens to it: 'Roll back payments-api v2.14.0'. */
  title: string;
  /** The consequence, in a sentence or two. */
  description?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}

/**
 * For what cannot be taken back. Load it when it is first asked for: a page imports the dialog
 * built on this with `later` and renders it once it is open.
 */
export function Dialog({ open, onOpenChange, title, description, wide = false, children }: DialogProps) {
  return (
    <Primitive.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Primitive.Portal>
        <Primitive.Backdrop className="fixed inset-0 z-50 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Primitive.Viewport className="fixed inset-0 z-50 flex items-start justify-center pt-8 sm:p-4 sm:pt-[12vh]">
          <Primitive.Popup
            className={cn(
              // Pushed down on a phone; in one that is longer than the screen the head stays.
              "relative flex max-h-full w-full flex-col rounded-t-lg border border-line bg-raised shadow-sheet max-sm:mt-auto sm:rounded-lg",
              "transition-[opacity,translate] data-ending-style:opacity-0 data-starting-style:translate-y-2 data-starting-style:opacity-0",
              wide ? "sm:max-w-2xl" : "sm:max-w-lg",
            )}
          >
            <Primitive.Title className="px-5 pt-5 pr-13 pb-1 text-lg font-semibold text-balance">
              {title}
            </Primitive.Title>
            <div className="min-h-0 overflow-y-auto overscroll-contain px-5 pb-5">
              {description && (
                <Primitive.Description className="text-ink-muted" render={<div />}>
                  {description}
                </Primitive.Description>
              )}
              <div className="mt-3">{children}</div>
            </div>
            {/* Last in order, so that the first field or button has the focus at the start. */}
            <Primitive.Close
              aria-label="Close"
              className={cn(buttonVariants({ variant: "ghost", size: "icon-sm" }), "absolute! top-4 right-4")}
            >
              <Icon name="close" />
            </Primitive.Close>
          </Primitive.Popup>
        </Primitive.Viewport>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

interface DialogActionsProps {
  /** Absent where there is nothing to go back from. */
  onCancel?: () => void;
  /** The deed is on its way, and is not called back any more. */
  pending?: boolean;
  children: ReactNode;
}

/** The row of buttons a dialog ends with: first the way back, last the deed. */
export function DialogActions({ onCancel, pending = false, children }: DialogActionsProps) {
  return (
    <div className="mt-2 flex flex-col-reverse gap-2 border-t border-line pt-4 max-sm:*:h-11 sm:flex-row sm:justify-end">
      {onCancel !== undefined && (
        <Button onClick={onCancel} disabledReason={pending ? "It is under way" : undefined}>
          Cancel
        </Button>
      )}
      {children}
    </div>
  );
}
