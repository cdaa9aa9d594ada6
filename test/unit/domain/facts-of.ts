import type { InstallationEventDraft } from "#lib/domain/installation-events.ts";
import { installationFacts, type Fact, type InstallationEvent } from "#lib/domain/installation-facts.ts";

export const AT = "2026-11-26T10:00:00.000Z";
export const LATER = "2026-11-27T10:00:00.000Z";

/** What happened, with what a history of it says that stands. */
export type FactCase = readonly [
  what: string,
  drafts: readonly InstallationEventDraft[],
  facts: Readonly<Record<string, Fact>>,
];

/** What stands by a history in which the lead did all this at `AT`. */
export function factsOf(drafts: readonly InstallationEventDraft[]): Readonly<Record<string, Fact>> {
  const actor = { kind: "person" as const, id: "lead", name: "Lea" };
  const events = drafts.map((draft): InstallationEvent => ({ ...draft, at: AT, actor }));
  return Object.fromEntries(installationFacts(events).facts);
}

/** What stands in every installation, from before its first event. */
export const ALWAYS: Readonly<Record<string, Fact>> = { "the retention span": { days: null } };
