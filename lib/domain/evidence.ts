import type { Finding, Verdict } from "./check-result.ts";
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
  | { readonly kind: "rotation"; readonly rotatedOn: Readonly<Record<string, string>> }
  | ({ readonly kind: "file" } & StoredFile)
  | CheckEvidence;

/** What a checker of `lib/evidence` found. */
export type CheckEvidence = {
  readonly kind: "check";
  readonly checker: string;
  readonly title: string;
  /** Which of several reports, such as `unit` or `e2e`; null when there is one. */
  readonly label: string | null;
  readonly verdict: Verdict;
  readonly summary: string;
  readonly findings: readonly Finding[];
  /** Measured values by metric, in the metric's unit. */
  readonly values: Readonly<Record<string, number>>;
  /** When a pass stops counting; null: when newer evidence comes. */
  readonly validUntil: Instant | null;
  /** The report that was judged; null for a live check. */
  readonly report: StoredFile | null;
};

/** A file as the history names it: its digest stands for its bytes. */
export type StoredFile = {
  readonly fileId: string;
  readonly name: string;
  /** Told from the content, not from the name. */
  readonly mediaType: string;
  readonly bytes: number;
  /** SHA-256, in hex. */
  readonly sha256: string;
};

export type Evidence = {
  readonly id: string;
  readonly itemKey: string;
  readonly content: EvidenceContent;
  readonly recorded: Stamp;
  readonly source: "person" | "api" | "system";
  /** The number of the event that recorded it. */
  readonly seq: number;
  /** Why a team lead let a machine's verdict count as a pass; null while nobody has. */
  readonly overruled: (Stamp & { readonly reason: string }) | null;
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
