import type { ProofPurpose } from "#lib/domain/proof.ts";
import { assertionFlaw, textIn } from "./assertion-flaw.ts";
import type { BundleFlaw, OpenedEvent } from "./bundle-flaw.ts";
import type { BundleManifest } from "./bundle-manifest.ts";
import { sha256 } from "./canonical-json.ts";
import { nestsTooDeep } from "./nesting.ts";

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
  { deployment, signed }: BundleManifest,
  events: readonly OpenedEvent[],
): BundleFlaw | null {
  const texts = new Map(signed.map(({ digest, text }) => [digest, text]));
  const genuine = new Map([...texts].filter(([digest, text]) => sha256(text) === digest));
  const named = new Set<string>();
  const problemOf = passkeyProblems(deployment);
  for (const event of events.filter(isSignature)) {
    const digest = textIn(event.data, "digest") ?? "";
    if (!isSignedContent(deployment, event, genuine.get(digest), texts))
      return { code: "signed-content", seq: event.seq, message: "the content that it signs is not there" };
    for (const each of [digest, textIn(parsed(genuine.get(digest)), "content")]) if (each) named.add(each);
    const problem = problemOf(event);
    if (problem !== null) return { code: "assertion", seq: event.seq, message: problem };
  }
  if (genuine.size !== signed.length)
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
  text: string | undefined,
  texts: ReadonlyMap<string, string>,
): boolean {
  const content = parsed(text);
  const format = textIn(content, "format");
  if (event.type !== "break-glass.confirmed")
    return (
      format === "countersign/signed-content/1" && textIn(field(content, "deployment"), "id") === deployment
    );
  return (
    format === "countersign/break-glass/1" &&
    textIn(content, "phase") === textIn(event.data, "phase") &&
    texts.has(textIn(content, "content") ?? "")
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

/** What a text says; null when it is no JSON, or nests too deep. */
export function parsed(text: string | undefined): unknown {
  if (text === undefined || nestsTooDeep(text)) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A field of what should be an object; undefined when it is none or has no such field. */
export function field(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}
