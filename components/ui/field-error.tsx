import { cn } from "./class-names.ts";
import { Icon } from "./icon.tsx";

interface FieldErrorProps {
  /** What the control, or the group around several, names as its description. */
  id: string;
  className?: string;
  /** Why it was refused, as a sentence. */
  children: string | undefined;
}

/**
 * What is wrong with a field or a group, last in the element that holds it: a form that is refused
 * leads to the first one of these (components/forms/lead-to-first-error.ts).
 */
export function FieldError({ id, className, children }: FieldErrorProps) {
  if (!children) return null;
  return (
    <p id={id} data-field-error className={cn("flex items-start gap-1 text-sm text-blocked-text", className)}>
      <Icon name="alert" className="mt-0.5 size-3.5" />
      {children}
    </p>
  );
}
