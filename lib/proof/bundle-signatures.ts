import type { ProofPurpose } from "#lib/domain/proof.ts";
import { field, textIn } from "./any-json.ts";
import { assertionFlaw } from "./assertion-flaw.ts";
import type { BundleFlaw, OpenedEvent } from "./bundle-flaw.ts";
import type { BundleManifest } from "./bundle-manifest.ts";
import type { SignedContent, SignedContents } from "./signed-contents.ts";

const DECISIONS: ReadonlyMap<string, "approve" | "reject" | "break-glass"> = new Map([
  ["approval.granted", "approve"],
  ["approval.rejected", "reject"],
  ["break-glass.confirmed", "break-glass"],
]);

export function isSignature({ type }: OpenedEvent): boolean {
  return DECISIONS.has(type);
}

/**
 * The first signature whose content is not there as it was signed, or whose passkey's answer does not fit
 * it or was given to another; then a content that nobody signed. A signature by password has no answer to
 * check: for it the installation's word stands.
 */
export function signatureFlaw(
  { deployment, signed }: Pick<BundleManifest, "deployment" | "signed">,
  contents: SignedContents,
  events: readonly OpenedEvent[],
): BundleFlaw | null {
  const digests = new Set(signed.map(({ digest }) => digest));
  const named = new Set<string>();
  const problemOf = passkeyProblems(deployment);
  for (const event of events.filter(isSignature)) {
    const digest = textIn(event.data, "digest") ?? "";
    const content = contents.get(digest);
    if (!isSignedContent(deployment, event, content, digests))
      return { code: "signed-content", seq: event.seq, message: "the content that it signs is not there" };
    for (const each of [digest, content?.content]) if (each) named.add(each);
    const problem = problemOf(event);
    if (problem !== null) return { code: "assertion", seq: event.seq, message: problem };
  }
  if (contents.size !== signed.length)
    return {
      code: "signed-content",
      seq: null,
      message: "a content is there that is not what its digest names",
    };
  return signed.every(({ digest }) => named.has(digest))
    ? null
    : { code: "signed-content", seq: null, message: "a content is there that nobody signed" };
}

/** Why the passkey's answer of a signature does not hold, asked of one after the other; null when it does. */
export function passkeyProblems(deployment: string): (event: OpenedEvent) => string | null {
  const answers = new Set<string>();
  return (event) => {
    const problem = passkeyProblem(deployment, event, textIn(event.data, "digest") ?? "");
    const nonce = textIn(field(event.data, "assertion"), "nonce");
    if (problem !== null || nonce === undefined) return problem;
    if (answers.has(nonce)) return "the passkey's answer was given to another signature";
    answers.add(nonce);
    return null;
  };
}

function isSignedContent(
  deployment: string,
  event: OpenedEvent,
  content: SignedContent | undefined,
  digests: ReadonlySet<string>,
): boolean {
  if (event.type !== "break-glass.confirmed")
    return content?.format === "countersign/signed-content/1" && content.deployment === deployment;
  return (
    content?.format === "countersign/break-glass/1" &&
    content.phase === textIn(event.data, "phase") &&
    digests.has(content.content ?? "")
  );
}

function passkeyProblem(
  deployment: string,
  { type, actor, data }: OpenedEvent,
  digest: string,
): string | null {
  const decision = DECISIONS.get(type);
  if (decision === undefined || textIn(data, "proof") !== "passkey") return null;
  const role = textIn(data, "role");
  if (role === undefined) return "it names no role";
  const statement = { kind: "sign" as const, deployment, role, decision, digest };
  const purposes = purposesFor(statement, field(data, "for"));
  if (purposes === null) return "it does not say in full for whom it was given";
  return assertionFlaw({ person: actor.id, purposes, assertion: field(data, "assertion") });
}

// Passkeys once signed the delegation alone, without the id of whoever gave it.
function purposesFor(
  statement: ProofPurpose & { kind: "sign" },
  standsInFor: unknown,
): readonly ProofPurpose[] | null {
  if (standsInFor === undefined) return [statement];
  const [delegation, represented] = [textIn(standsInFor, "delegation"), textIn(standsInFor, "id")];
  if (delegation === undefined || represented === undefined) return null;
  return [
    { ...statement, delegation, for: represented },
    { ...statement, delegation },
  ];
}
