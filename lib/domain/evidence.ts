import type { Instant, Stamp } from "./deployment.ts";

/** What shows that an item is true. Values carry the units that the item's requirement names. */
export type EvidenceContent =
  | { readonly kind: "note"; readonly text: string }
  | { readonly kind: "link"; readonly url: string; readonly title: string | null }
  /** Measured values by metric. */
  | { readonly kind: "measurement"; readonly values: Readonly<Record<string, number>> }
  /** When the thing happened, for instance when a backup finished. */
  | { readonly kind: "time"; readonly at: Instant }
  /** The last rotation (YYYY-MM-DD) by class of secrets. */
  | { readonly kind: "rotation"; readonly rotatedOn: Readonly<Record<string, string>> };

export type Evidence = {
  readonly id: string;
  readonly itemKey: string;
  readonly content: EvidenceContent;
  readonly recorded: Stamp;
  readonly source: "person" | "api";
  /** The number of the event that recorded it. */
  readonly seq: number;
};

/** The newest evidence of an item, optionally of one kind; null when there is none. */
export function latestEvidence<K extends EvidenceContent["kind"]>(
  evidence: readonly Evidence[],
  itemKey: string,
  kind: K,
): Extract<EvidenceContent, { kind: K }> | null {
  for (let index = evidence.length - 1; index >= 0; index -= 1) {
    const entry = evidence[index];
    if (entry?.itemKey === itemKey && isOfKind(entry.content, kind)) return entry.content;
  }
  return null;
}

function isOfKind<K extends EvidenceContent["kind"]>(
  content: EvidenceContent,
  kind: K,
): content is Extract<EvidenceContent, { kind: K }> {
  return content.kind === kind;
}
