import type { ComponentProps } from "react";
import { cn } from "./class-names.ts";

interface TableProps extends ComponentProps<"table"> {
  /** Names the table, and the region that scrolls sideways when it is too narrow. */
  label: string;
}

/**
 * Rows of cells; on a phone each row stands as a block, its first cell on top and the others, with
 * their `label`, flowing below. The roles keep it a table for whoever does not see it.
 */
export function Table({ label, className, ...rest }: TableProps) {
  return (
    <div
      role="region"
      aria-label={label}
      // A region that scrolls must be reachable by the keyboard.
      tabIndex={0}
      className="relative overflow-x-auto focus-visible:-outline-offset-2"
    >
      <table {...rest} aria-label={label} className={cn("w-full text-left max-sm:block", className)} />
    </div>
  );
}

export function TableHead({ className, ...rest }: ComponentProps<"thead">) {
  return <thead {...rest} className={cn("border-b border-line max-sm:sr-only", className)} />;
}

export function TableBody({ className, ...rest }: ComponentProps<"tbody">) {
  return <tbody {...rest} className={cn("divide-y divide-line max-sm:block", className)} />;
}

export function TableRow({ className, ...rest }: ComponentProps<"tr">) {
  return <tr {...rest} className={cn("row", className)} />;
}

export function TableHeader({ className, ...rest }: ComponentProps<"th">) {
  return (
    <th
      scope="col"
      {...rest}
      className={cn("microlabel h-8 px-3 whitespace-nowrap first:pl-4 last:pr-4", className)}
    />
  );
}

interface TableCellProps extends ComponentProps<"td"> {
  /** Figures line up on the right. */
  numeric?: boolean;
  /** What stands before the value on a phone, where the column's head is out of sight. */
  label?: string;
}

export function TableCell({ numeric = false, label, className, children, ...rest }: TableCellProps) {
  return (
    <td {...rest} className={cn("cell", numeric && "text-right tabular-nums", className)}>
      {label !== undefined && (
        <span className="microlabel mr-2 sm:hidden" aria-hidden="true">
          {label}
        </span>
      )}
      {children}
    </td>
  );
}
