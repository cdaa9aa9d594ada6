import type { ComponentProps } from "react";
import { cn } from "./class-names.ts";

interface CheckboxProps extends Omit<ComponentProps<"input">, "type"> {
  /** Not applicable: settled by a dash instead of a tick. Its label must say so in words. */
  waived?: boolean;
  /** A setting: green is for what is done and proven. */
  plain?: boolean;
}

/**
 * A native checkbox, drawn in CSS: a page holds eighty of them. Needs a label around it or an
 * `aria-label`. The tick is drawn by `checkbox-mark` in app/globals.css.
 */
export function Checkbox({ waived = false, plain = false, className, ...rest }: CheckboxProps) {
  return (
    <input
      {...rest}
      type="checkbox"
      data-waived={waived || undefined}
      data-plain={plain || undefined}
      className={cn("checkbox-mark touch-target", className)}
    />
  );
}
