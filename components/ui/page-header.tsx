import type { ReactNode } from "react";
import { cn } from "./class-names.ts";

interface PageHeaderProps {
  title: ReactNode;
  /** Stands above the title: where this page belongs. */
  eyebrow?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  className?: string;
}

/** Holds the page's one `h1`. */
export function PageHeader({ title, eyebrow, description, actions, className }: PageHeaderProps) {
  return (
    <header
      className={cn(
        "flex flex-wrap justify-between gap-x-6 gap-y-3",
        description ? "items-start" : "items-center",
        className,
      )}
    >
      <div className="min-w-0">
        {eyebrow && <div className="microlabel mb-1">{eyebrow}</div>}
        <h1 className="text-xl font-semibold tracking-tight text-balance">{title}</h1>
        {description && <div className="mt-0.5 max-w-3xl text-ink-muted">{description}</div>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}
