import { cn } from "./class-names.ts";

/** The shape of what is on its way. Whoever shows it says 'Loading' in words once. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cn("animate-breathe rounded-sm bg-hover", className)} />;
}
