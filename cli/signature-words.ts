import { inMarks } from "#lib/domain/plain-text.ts";
import { PROOF_TITLES } from "#lib/domain/proof.ts";
import { ROLE_TITLES } from "#lib/domain/roles.ts";
import { field, textIn } from "#lib/proof/any-json.ts";
import type { OpenedEvent } from "#lib/proof/bundle-flaw.ts";
import { isSignature } from "#lib/proof/bundle-signatures.ts";
import { contentUnder, type SignedContents } from "#lib/proof/signed-contents.ts";

/**
 * A line for each signature of a whole record: who did what, as what, over what and by which proof, and
 * what ended it. What the record says in words of its own stands in quotes, so that it reads like nothing of ours.
 */
export function signatureLines(events: readonly OpenedEvent[], contents: SignedContents): readonly string[] {
  const ends = endsOf(events);
  return events.filter(isSignature).map((event) => {
    const { seq, type, at, actor, data } = event;
    const whose = textIn(field(data, "for"), "name");
    const act = ACTS[type] ?? "broke the glass";
    const role = known(ROLE_TITLES, textIn(data, "role"));
    const end = ends.get(seq);
    return [
      `  signature    event ${seq}, ${at}: ${inMarks(actor.name)} ${act} as ${role}`,
      whose === undefined ? "" : ` for ${inMarks(whose)}`,
      overWhat(contentUnder(contents, event)?.details ?? null),
      `, by ${known(PROOF_TITLES, textIn(data, "proof"))}`,
      textIn(data, "proof") === "passkey"
        ? ", whose signature holds; whose passkey it is, the installation says"
        : ", as the installation says",
      end === undefined ? "" : `; void since event ${end}`,
    ].join("");
  });
}

const ACTS: Readonly<Record<string, string>> = {
  "approval.granted": "approved",
  "approval.rejected": "rejected",
};

// A rejection outlives a change of what was signed; its answer ends all of its round.
const ENDED_BY: Readonly<Record<string, readonly string[]>> = {
  "approval.granted": ["sign-off.voided", "rejection.answered"],
  "approval.rejected": ["rejection.answered"],
};

/** The event that ended each signature, both by their numbers; those that stand are not there. */
function endsOf(events: readonly OpenedEvent[]): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const next = new Map<string, number>();
  for (const { seq, type } of events.toReversed()) {
    const end = next.get(type);
    if (end !== undefined) ends.set(seq, end);
    for (const [signature, enders] of Object.entries(ENDED_BY))
      if (enders.includes(type)) next.set(signature, seq);
  }
  return ends;
}

function overWhat(details: Readonly<Record<string, unknown>> | null): string {
  const [version, commit, environment] = ["version", "commit", "environment"].map((name) =>
    inMarks(textIn(details, name) ?? ""),
  );
  return details === null ? "" : `, over ${version} of commit ${commit} to ${environment}`;
}

function known(titles: Readonly<Record<string, string>>, word: string | undefined): string {
  if (word === undefined) return "nothing";
  return Object.entries(titles).find(([name]) => name === word)?.[1] ?? inMarks(word);
}
