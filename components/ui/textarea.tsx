import type { ComponentProps } from "react";
import { cn } from "./class-names.ts";
import { controlLook } from "./input.tsx";

/** Grows with what is written in it. */
export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      rows={3}
      {...rest}
      className={cn(controlLook, "field-sizing-content max-h-80 min-h-16 py-1.5", className)}
    />
  );
}
