import { field, members, textIn, type Members } from "./any-json.ts";
import type { OpenedEvent } from "./bundle-flaw.ts";
import type { BundleManifest } from "./bundle-manifest.ts";
import { canonicalText, sha256 } from "./canonical-json.ts";
import { isUnwieldy } from "./unwieldy-json.ts";

/** What a text says that was signed, as far as a signature is held against it; undefined or null what it does not say. */
export type SignedContent = {
  readonly format: string | undefined;
  readonly deployment: string | undefined;
  readonly phase: string | undefined;
  /** The digest of the whole content, where broken glass names one. */
  readonly content: string | undefined;
  readonly details: Members | null;
  readonly detailsDigest: string | null;
};

/** By the digest; each is read once, however many signatures name it. */
export type SignedContents = ReadonlyMap<string, SignedContent>;

/** The contents of a bundle that are what their digests name; of two under one digest the last counts. */
export function signedContents(signed: BundleManifest["signed"]): SignedContents {
  const texts = new Map(signed.map(({ digest, text }) => [digest, text]));
  const genuine = [...texts].filter(([digest, text]) => sha256(text) === digest);
  return new Map(genuine.map(([digest, text]) => [digest, contentOf(parsed(text))]));
}

/** What a signature covers: for broken glass the whole content that its own names. */
export function contentUnder(
  contents: SignedContents,
  { type, data }: Pick<OpenedEvent, "type" | "data">,
): SignedContent | undefined {
  const content = contents.get(textIn(data, "digest") ?? "");
  return type === "break-glass.confirmed" ? contents.get(content?.content ?? "") : content;
}

/** The digest of a record's details but for its links; null where a number is among them that no program can hold. */
export function digestOfDetails(details: Members): string | null {
  const { links: _links, ...others } = details;
  try {
    return sha256(canonicalText(others));
  } catch {
    return null;
  }
}

function contentOf(content: unknown): SignedContent {
  const deployment = field(content, "deployment");
  const details = members(field(deployment, "details"));
  return {
    format: textIn(content, "format"),
    deployment: textIn(deployment, "id"),
    phase: textIn(content, "phase"),
    content: textIn(content, "content"),
    details,
    detailsDigest: details === null ? null : digestOfDetails(details),
  };
}

// Null when it is no JSON, or nests too deep.
function parsed(text: string): unknown {
  if (isUnwieldy(text)) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
