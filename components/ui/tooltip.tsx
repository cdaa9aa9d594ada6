"use client";

import { type KeyboardEvent, type ReactNode, useRef } from "react";
import { cn } from "./class-names.ts";

interface TooltipProps {
  /** Id of the tooltip; the control inside names it in `aria-describedby`. */
  id: string;
  text: string;
  className?: string;
  children: ReactNode;
}

/**
 * Shows on hover, focus and touch; stays while the pointer is on it; Escape puts it away.
 * A native popover: it floats above everything and needs no positioning library.
 */
export function Tooltip({ id, text, className, children }: TooltipProps) {
  const anchor = useRef<HTMLSpanElement>(null);
  const tip = useRef<HTMLSpanElement>(null);

  function show() {
    if (anchor.current === null || tip.current === null) return;
    if (!tip.current.matches(":popover-open")) tip.current.showPopover();
    place(tip.current, anchor.current.getBoundingClientRect());
  }

  function hide() {
    if (tip.current?.matches(":popover-open") === true) tip.current.hidePopover();
  }

  function hideOnEscape(event: KeyboardEvent) {
    if (event.key !== "Escape" || tip.current?.matches(":popover-open") !== true) return;
    // The first Escape is the tooltip's; a dialog around it takes the next.
    event.stopPropagation();
    hide();
  }

  return (
    <span
      ref={anchor}
      className={cn("inline-flex", className)}
      onPointerEnter={show}
      onPointerLeave={hide}
      onFocus={show}
      onBlur={hide}
      onClick={show}
      onKeyDown={hideOnEscape}
    >
      {children}
      <span
        ref={tip}
        id={id}
        role="tooltip"
        popover="manual"
        className="fixed w-max max-w-72 rounded-md bg-ink px-2 py-1 text-sm text-surface shadow-popup"
      >
        {text}
      </span>
    </span>
  );
}

/** Above the control if there is room, below it otherwise; always inside the window. */
function place(tip: HTMLElement, control: DOMRect) {
  const gap = 6;
  const edge = 8;
  const { width, height } = tip.getBoundingClientRect();
  const centred = control.left + control.width / 2 - width / 2;
  const left = Math.min(Math.max(centred, edge), window.innerWidth - width - edge);
  const above = control.top - height - gap;
  const top = above >= edge ? above : control.bottom + gap;
  tip.style.left = `${left}px`;
  tip.style.top = `${top}px`;
}
