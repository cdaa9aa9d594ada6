import type { ReactNode } from "react";
import { cn } from "./class-names.ts";
import { Icon, type IconName } from "./icon.tsx";
import { type Tone, toneIcon, toneText } from "./tone.ts";

interface NoticeProps {
  tone?: Tone;
  title?: ReactNode;
  icon?: IconName;
  actions?: ReactNode;
  /** Read out when it appears: for a refusal or a result, not for what stood there from the start. */
  announce?: boolean;
  className?: string;
  children?: ReactNode;
}

const surface: Record<Tone, string> = {
  neutral: "border-line bg-sunken",
  done: "border-done-border/50 bg-done-surface",
  attention: "border-attention-border/50 bg-attention-surface",
  blocked: "border-blocked-border/50 bg-blocked-surface",
  waiting: "border-waiting-border/50 bg-waiting-surface",
  void: "border-void-border/50 bg-void-surface",
};

/** A message in its place on the page; it stays until what it says is no longer true. */
export function Notice({
  tone = "neutral",
  title,
  icon,
  actions,
  announce = false,
  className,
  children,
}: NoticeProps) {
  const role = tone === "blocked" ? "alert" : "status";
  return (
    <div
      role={announce ? role : undefined}
      className={cn("flex items-start gap-2.5 rounded-md border px-3 py-2", surface[tone], className)}
    >
      <Icon name={icon ?? toneIcon[tone]} className={cn("mt-0.5 size-4", toneText[tone])} />
      <div className="min-w-0 grow">
        {title && <p className={cn("font-semibold", tone !== "neutral" && toneText[tone])}>{title}</p>}
        {children && <div className="text-ink">{children}</div>}
      </div>
      {actions && <div className="flex shrink-0 items-center gap-2">{actions}</div>}
    </div>
  );
}
