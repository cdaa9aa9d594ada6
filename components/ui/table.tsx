import type { ComponentProps } from "react";
import { cn } from "./class-names.ts";

interface TableProps extends ComponentProps<"table"> {
  /** Names the table, and the region that scrolls sideways when it is too narrow. */
  label: string;
}

export function Table({ label, className, ...rest }: TableProps) {
  return (
    <div
      role="region"
      aria-label={label}
      // A region that scrolls must be reachable by the keyboard.
      tabIndex={0}
      className="relative overflow-x-auto focus-visible:-outline-offset-2"
    >
      <table {...rest} aria-label={label} className={cn("w-full text-left", className)} />
    </div>
  );
}

export function TableHead({ className, ...rest }: ComponentProps<"thead">) {
  return <thead {...rest} className={cn("border-b border-line", className)} />;
}

export function TableBody({ className, ...rest }: ComponentProps<"tbody">) {
  return <tbody {...rest} className={cn("divide-y divide-line", className)} />;
}

export function TableRow({ className, ...rest }: ComponentProps<"tr">) {
  return (
    <tr
      {...rest}
      className={cn("transition-colors in-[tbody]:hover:bg-hover aria-selected:bg-hover", className)}
    />
  );
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
}

export function TableCell({ numeric = false, className, ...rest }: TableCellProps) {
  return (
    <td
      {...rest}
      className={cn("h-11 px-3 py-1.5 first:pl-4 last:pr-4", numeric && "text-right tabular-nums", className)}
    />
  );
}
