import { type ClassValue, clsx } from "clsx";

/**
 * Joins class names. A component's own look cannot be overridden from outside: callers pass
 * placement only (margin, width, grid area), so conflicting classes need no merging at run time.
 */
export function cn(...values: ClassValue[]): string {
  return clsx(values);
}
