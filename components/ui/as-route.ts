import type { Route } from "next";

/**
 * Typed routes know a path only where it is written out. Guarantee: callers pass a path inside
 * this application, starting with "/", "?" or "#", never something a person typed.
 */
export function asRoute(href: string): Route {
  return href as Route;
}
