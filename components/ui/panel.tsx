import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names.ts";

/** A surface that holds one subject. */
export function Panel({ className, ...rest }: ComponentProps<"section">) {
  return (
    <section
      {...rest}
      className={cn("min-w-0 rounded-lg border border-line bg-surface shadow-panel", className)}
    />
  );
}

interface PanelHeaderProps {
  title: ReactNode;
  /** Id of the heading, for `aria-labelledby` on the panel. */
  id?: string;
  description?: ReactNode;
  actions?: ReactNode;
  className?: string;
}

export function PanelHeader({ title, id, description, actions, className }: PanelHeaderProps) {
  return (
    <header
      className={cn(
        "flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-line px-4 py-2",
        className,
      )}
    >
      <div className={cn("min-w-0", description && "sm:grow sm:basis-64")}>
        <h2 id={id} className="text-base font-semibold">
          {title}
        </h2>
        {description && <div className="text-sm text-ink-faint">{description}</div>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2 max-sm:has-[form]:grow">{actions}</div>}
    </header>
  );
}

export function PanelBody({ className, ...rest }: ComponentProps<"div">) {
  return <div {...rest} className={cn("p-4", className)} />;
}
