import { type ReactNode, useId } from "react";
import { cn } from "./class-names.ts";
import { FieldError } from "./field-error.tsx";

/** What the control takes over, so that label, hint and error belong to it. */
export interface FieldControl {
  id: string;
  required: boolean;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

interface FieldProps {
  label: ReactNode;
  /** Gives way to an error. */
  hint?: ReactNode;
  /** Why the value was refused, as a sentence. */
  error?: string;
  required?: boolean;
  /** Says of what is not required that it is optional; a form in which everything is says it once. */
  marked?: boolean;
  className?: string;
  children: (control: FieldControl) => ReactNode;
}

/** One control with its label, hint and error. The control is drawn by `children`. */
export function Field({
  label,
  hint,
  error,
  required = false,
  marked = true,
  className,
  children,
}: FieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const hinted = hint && !error;
  const describedBy = [hinted && hintId, error && errorId].filter(Boolean).join(" ");
  return (
    <div className={cn("grid content-start gap-1", className)}>
      <label htmlFor={id} className="justify-self-start font-medium">
        {label}
        {!required && marked && <span className="font-normal text-ink-faint"> (optional)</span>}
      </label>
      {children({
        id,
        required,
        "aria-describedby": describedBy || undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {hinted && (
        <p id={hintId} className="wrap-anywhere text-sm text-ink-faint">
          {hint}
        </p>
      )}
      <FieldError id={errorId}>{error}</FieldError>
    </div>
  );
}
