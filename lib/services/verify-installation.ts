import {
  installationFacts,
  type Fact,
  type Facts,
  type InstallationEvent,
} from "#lib/domain/installation-facts.ts";
import { loadInstallationFacts } from "#lib/db/installation-facts.ts";
import type { Stream } from "#lib/db/read-stream.ts";
import { canonicalText } from "#lib/proof/canonical-json.ts";

/** What the tables of people, roles, teams and the like say otherwise than the history; null when nothing. */
export type InstallationFlaw = { readonly message: string };

/**
 * Holds those tables against the installation's own history, whose chain has been checked: who there is,
 * with which roles, stand-ins, tokens, passkeys; each team's rules, freezes and webhooks; where checks go.
 * Answers with `moved-on` when the history has grown since the stream was read.
 */
export async function installationFlaw({
  head,
  events,
}: Stream): Promise<InstallationFlaw | "moved-on" | null> {
  const { revision, facts: stored } = await loadInstallationFacts();
  if (revision !== head?.revision) return "moved-on";
  const { facts, nonsense } = installationFacts(events.map(({ body }) => eventFrom(body)));
  const flaws = [
    nonsense === null ? null : `event ${nonsense + 1} tells nothing that an installation could have done`,
    firstDifference(facts, stored),
  ].filter((message) => message !== null);
  return flaws.length === 0 ? null : { message: flaws.join("; ") };
}

function firstDifference(told: Facts, stored: Facts): string | null {
  for (const [key, fact] of stored) {
    const said = told.get(key);
    if (said === undefined) return `the tables have ${key}, of which its history tells nothing that stands`;
    const field = differingField(said, fact);
    if (field !== null) return `${field} of ${key} differs from what its history tells`;
  }
  const gone = [...told.keys()].find((key) => !stored.has(key));
  return gone === undefined ? null : `its history tells of ${gone}, which the tables lack`;
}

// A history of before may say less than the tables hold, never more.
function differingField(said: Fact, stored: Fact): string | null {
  const differs = (field: string) =>
    canonicalText({ value: said[field] ?? null }) !== canonicalText({ value: stored[field] ?? null });
  return Object.keys(said).find(differs) ?? null;
}

// The chain has been checked before, so this text is one that `chain` wrote.
function eventFrom(body: string): InstallationEvent {
  return JSON.parse(body) as InstallationEvent;
}
