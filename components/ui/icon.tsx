import { cn } from "./class-names.ts";
import { iconPaths } from "./icon-paths.ts";

export type IconName = keyof typeof iconPaths;

interface IconProps {
  name: IconName;
  /** Placement and size; 16 px unless told. */
  className?: string;
}

/** Decoration: the word beside it carries the meaning. Inherits the text colour. */
export function Icon({ name, className }: IconProps) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={cn("icon", className ?? "size-4")}>
      <path d={iconPaths[name]} />
    </svg>
  );
}
