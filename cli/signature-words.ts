import { PROOF_TITLES } from "#lib/domain/proof.ts";
import { ROLE_TITLES } from "#lib/domain/roles.ts";
import { textIn } from "#lib/proof/assertion-flaw.ts";
import type { OpenedEvent } from "#lib/proof/bundle-flaw.ts";
import type { BundleManifest } from "#lib/proof/bundle-manifest.ts";
import { field, isSignature } from "#lib/proof/bundle-signatures.ts";
import { signedDetails } from "#lib/proof/signed-details.ts";

/**
 * A line for each signature of a whole record: who did what, as what, over what and by which proof, and
 * what ended it. What the record says in words of its own stands in quotes, so that it reads like nothing of ours.
 */
export function signatureLines(
  events: readonly OpenedEvent[],
  signed: BundleManifest["signed"],
): readonly string[] {
  return events.filter(isSignature).map((event) => {
    const { seq, type, at, actor, data } = event;
    const whose = textIn(field(data, "for"), "name");
    const act = ACTS[type] ?? "broke the glass";
    const role = known(ROLE_TITLES, textIn(data, "role"));
    const over = events.find((later) => later.seq > seq && ENDED_BY[type]?.includes(later.type));
    return [
      `  signature    event ${seq}, ${at}: ${quoted(actor.name)} ${act} as ${role}`,
      whose === undefined ? "" : ` for ${quoted(whose)}`,
      overWhat(signedDetails(signed, event)),
      `, by ${known(PROOF_TITLES, textIn(data, "proof"))}`,
      textIn(data, "proof") === "passkey"
        ? ", whose signature holds; whose passkey it is, the installation says"
        : ", as the installation says",
      over === undefined ? "" : `; void since event ${over.seq}`,
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

function overWhat(details: Readonly<Record<string, unknown>> | null): string {
  const [version, commit, environment] = ["version", "commit", "environment"].map((name) =>
    quoted(textIn(details, name) ?? ""),
  );
  return details === null ? "" : `, over ${version} of commit ${commit} to ${environment}`;
}

function known(titles: Readonly<Record<string, string>>, word: string | undefined): string {
  if (word === undefined) return "nothing";
  return Object.entries(titles).find(([name]) => name === word)?.[1] ?? quoted(word);
}

/** Somebody else's words between marks that they cannot hold themselves. */
export function quoted(text: string): string {
  return `“${text.replace(/[“”]/g, '"')}”`;
}
