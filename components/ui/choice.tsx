import { type ReactNode, useId } from "react";
import { cn } from "./class-names.ts";

interface ChoiceProps {
  /** The checkbox or radio itself. */
  control: (ids: { id: string; "aria-describedby": string | undefined }) => ReactNode;
  label: ReactNode;
  hint?: ReactNode;
  className?: string;
}

/** A checkbox or radio with its words beside it; all of it is the target. */
export function Choice({ control, label, hint, className }: ChoiceProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  return (
    <div className={cn("flex items-start gap-2.5 pointer-coarse:min-h-11", className)}>
      <span className="flex h-5 items-center">
        {control({ id, "aria-describedby": hint ? hintId : undefined })}
      </span>
      <div>
        <label htmlFor={id} className="block cursor-pointer">
          {label}
        </label>
        {hint && (
          <p id={hintId} className="text-sm text-ink-faint">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
