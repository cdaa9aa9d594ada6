import type { ReactNode } from "react";
import { cn } from "./class-names.ts";
import { Icon, type IconName } from "./icon.tsx";
import { type Tone, toneChip, toneIcon } from "./tone.ts";

interface BadgeProps {
  tone?: Tone;
  /** Replaces the tone's own icon; `null` where the words stand beside another icon. */
  icon?: IconName | null;
  className?: string;
  children: ReactNode;
}

/** A state in a word: colour, icon and text together. */
export function Badge({ tone = "neutral", icon, className, children }: BadgeProps) {
  const shown = icon === undefined ? toneIcon[tone] : icon;
  const withIcon = shown !== null && !(tone === "neutral" && icon === undefined);
  return (
    <span
      className={cn(
        "inline-flex h-5 items-center gap-1 rounded-sm px-1.5 text-xs font-medium tracking-normal whitespace-nowrap",
        toneChip[tone],
        className,
      )}
    >
      {withIcon && <Icon name={shown} className="size-3" />}
      {children}
    </span>
  );
}
