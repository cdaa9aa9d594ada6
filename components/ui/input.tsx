import type { ComponentProps } from "react";
import { cn } from "./class-names.ts";

/** The look of every text control. 16 px on a phone: below that, iOS zooms into the field. */
export const controlLook = cn(
  "w-full min-w-0 rounded-md border border-line-strong bg-raised px-2.5 text-base text-ink",
  "transition-colors placeholder:text-ink-faint hover:border-ink-faint",
  "aria-invalid:border-blocked",
  "disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken disabled:text-ink-faint",
  "[&[readonly]]:bg-sunken pointer-coarse:text-lg",
);

interface InputProps extends ComponentProps<"input"> {
  /** For versions, commits, digests and measured values. */
  mono?: boolean;
}

export function Input({ mono = false, className, ...rest }: InputProps) {
  return (
    <input {...rest} className={cn(controlLook, "h-8 pointer-coarse:h-11", mono && "font-mono", className)} />
  );
}
