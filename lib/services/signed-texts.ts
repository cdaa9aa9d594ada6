import type { DeploymentEvent } from "#lib/domain/events.ts";
import { evolve, open } from "#lib/domain/evolve.ts";
import type { Deployment } from "#lib/domain/deployment.ts";
import { earlySignedContent, signedContent } from "#lib/domain/signed-content.ts";
import { breakGlassText, earlyBreakGlassText } from "#lib/db/break-glass-digest.ts";
import { canonicalText, sha256 } from "#lib/proof/canonical-json.ts";

export type SignedText = { readonly digest: string; readonly text: string };

/**
 * The text of each content that a signature of this history covers, once each, in the order in
 * which they were first signed; for broken glass also the content that its text names.
 */
export function signedTexts(id: string, [first, ...rest]: readonly DeploymentEvent[]): readonly SignedText[] {
  if (first?.type !== "deployment.opened") return [];
  const texts = new Map<string, string>();
  let deployment = open(id, first);
  for (const event of rest) {
    for (const text of textsSignedBy(event, deployment)) texts.set(sha256(text), text);
    deployment = evolve(deployment, event);
  }
  return [...texts].map(([digest, text]) => ({ digest, text }));
}

/** The contents that an event signs: first the record's, last the one that its digest names. */
export function textsSignedBy(event: DeploymentEvent, before: Deployment): readonly string[] {
  switch (event.type) {
    case "approval.granted":
    case "approval.rejected":
      return [contentNamed(event.data.digest, before)];
    case "break-glass.confirmed": {
      const { phase, blockers, digest } = event.data;
      const text = breakGlassText(before, phase, blockers);
      const early = () => earlyBreakGlassText(before, phase, blockers);
      return [canonicalText(signedContent(before)), named(digest, text, early)];
    }
    default:
      return [];
  }
}

function contentNamed(digest: string, before: Deployment): string {
  const early = () => canonicalText(earlySignedContent(before));
  return named(digest, canonicalText(signedContent(before)), early);
}

// As it was written then, where the digest names that; else as it is written now.
function named(digest: string, text: string, earlyText: () => string): string {
  if (sha256(text) === digest) return text;
  const early = earlyText();
  return sha256(early) === digest ? early : text;
}
