import { cn } from "./class-names.ts";

export const segmentsLook =
  "inline-flex w-fit max-w-full gap-px overflow-x-auto rounded-md border border-line bg-sunken p-px";

export const segmentLook = cn(
  "flex h-7 cursor-pointer items-center gap-1.5 rounded-[5px] border border-transparent px-2.5 text-sm font-medium whitespace-nowrap",
  "text-ink-muted transition-colors hover:text-ink pointer-coarse:h-10 focus-visible:-outline-offset-2",
  "has-checked:border-line has-checked:bg-raised has-checked:text-ink has-checked:shadow-panel",
  "aria-[current=true]:border-line aria-[current=true]:bg-raised aria-[current=true]:text-ink aria-[current=true]:shadow-panel",
  "has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-focus",
);
