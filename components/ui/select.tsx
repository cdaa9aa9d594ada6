import type { ComponentProps } from "react";
import { cn } from "./class-names.ts";
import { Icon } from "./icon.tsx";
import { controlLook } from "./input.tsx";

/** The native select: the device's own picker on a phone, type-ahead on a keyboard, no script. */
export function Select({ className, ...rest }: ComponentProps<"select">) {
  return (
    <span className={cn("relative block", className)}>
      <select
        {...rest}
        className={cn(controlLook, "h-8 appearance-none text-ellipsis pr-8 pointer-coarse:h-11")}
      />
      <Icon
        name="chevrons"
        className="pointer-events-none absolute top-1/2 right-2.5 size-3.5 -translate-y-1/2 text-ink-faint"
      />
    </span>
  );
}
