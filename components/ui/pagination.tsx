import type { ReactNode } from "react";
import { ButtonLink } from "./button-link.tsx";
import { Icon } from "./icon.tsx";

interface PaginationProps {
  label: string;
  /** Absent at either end. */
  previousHref?: string;
  nextHref?: string;
  /** Where we are: '1–50 of 412'. */
  children?: ReactNode;
}

/** Steps through pages that are addresses. Nothing is shown when there is only one. */
export function Pagination({ label, previousHref, nextHref, children }: PaginationProps) {
  if (previousHref === undefined && nextHref === undefined) return null;
  return (
    <nav aria-label={label} className="flex items-center justify-between gap-4">
      <p className="text-sm text-ink-faint tabular-nums">{children}</p>
      <div className="flex gap-2">
        {previousHref !== undefined && (
          <ButtonLink href={previousHref} rel="prev" size="sm">
            <Icon name="chevron-left" />
            Previous
          </ButtonLink>
        )}
        {nextHref !== undefined && (
          <ButtonLink href={nextHref} rel="next" size="sm">
            Next
            <Icon name="chevron-right" />
          </ButtonLink>
        )}
      </div>
    </nav>
  );
}
