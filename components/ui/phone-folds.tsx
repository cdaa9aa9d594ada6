"use client";

import { type FormEvent, type ReactNode, useId, useRef, useState } from "react";
import { Button } from "./button.tsx";
import { cn } from "./class-names.ts";
import { Icon, type IconName } from "./icon.tsx";
import { VisuallyHidden } from "./visually-hidden.tsx";

export type PhoneFold = {
  readonly label: string;
  readonly icon: IconName;
  /** How many of its controls are in use. */
  readonly inUse?: number;
  /** It waits behind its button where there is room too. */
  readonly everywhere?: boolean;
  readonly content: ReactNode;
};

type PhoneFoldsProps = {
  readonly folds: readonly PhoneFold[];
  /** What stands in the row of their buttons; on a phone above it. */
  readonly lead?: ReactNode;
};

/** Groups of controls that stand open where there is room; on a phone each waits behind its button, in one row. */
export function PhoneFolds({ folds, lead }: PhoneFoldsProps) {
  const id = useId();
  const row = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<number | null>(null);
  // What was asked for by a button comes into sight, and the focus goes back to where it was asked; what
  // applies as it is chosen leaves the group open for the next choice.
  const onSubmit = (index: number, event: FormEvent) => {
    if (!(event.nativeEvent instanceof SubmitEvent) || event.nativeEvent.submitter === null) return;
    setOpen(null);
    row.current?.querySelectorAll("button").item(index).focus();
  };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div
        ref={row}
        className={cn(
          "flex flex-wrap items-center gap-2",
          !lead && !folds.some(({ everywhere }) => everywhere) && "sm:hidden",
        )}
      >
        {lead && <div className="mr-auto max-sm:basis-full">{lead}</div>}
        {folds.map(({ label, icon, inUse = 0, everywhere = false }, index) => (
          <Button
            key={label}
            className={cn("max-sm:grow noscript:hidden", !everywhere && "sm:hidden")}
            aria-expanded={open === index}
            aria-controls={`${id}-${index}`}
            onClick={() => setOpen(open === index ? null : index)}
          >
            <Icon name={icon} />
            {label}
            {inUse > 0 && (
              <span className="rounded-full bg-waiting-surface px-1.5 text-xs font-semibold text-waiting-text tabular-nums">
                {inUse}
                <VisuallyHidden> in use</VisuallyHidden>
              </span>
            )}
            <Icon
              name="chevron-down"
              className={cn(
                "size-3.5 transition-transform",
                folds.length > 2 ? "max-sm:hidden" : "max-[24rem]:hidden",
                open === index && "rotate-180",
              )}
            />
          </Button>
        ))}
      </div>
      {folds.map(({ label, everywhere = false, content }, index) => (
        <div
          key={label}
          id={`${id}-${index}`}
          data-fold
          onSubmit={(event) => onSubmit(index, event)}
          className={cn(open !== index && [everywhere ? "hidden" : "max-sm:hidden", "noscript:block"])}
        >
          {content}
        </div>
      ))}
    </div>
  );
}
