import { textOf } from "./client.ts";

/** What is deployed, so that a record of something else answers no. */
export const ASKED_ABOUT = { commit: { type: "string" }, environment: { type: "string" } } as const;

/** These options as the query of an address; empty without any. */
export function askedAbout(values: Parameters<typeof textOf>[0]): string {
  const query = new URLSearchParams();
  for (const name of Object.keys(ASKED_ABOUT)) {
    const value = textOf(values, name);
    if (value !== undefined) query.set(name, value);
  }
  return query.size === 0 ? "" : `?${query}`;
}
