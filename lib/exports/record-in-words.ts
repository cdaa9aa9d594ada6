import type { Approval, Deployment, Stamp } from "#lib/domain/deployment.ts";
import type { Evidence } from "#lib/domain/evidence.ts";
import { PROOF_TITLES } from "#lib/domain/proof.ts";
import { evidenceInWords } from "#lib/domain/evidence-in-words.ts";
import { minuteInWords } from "#lib/domain/time.ts";
import { oneLine } from "./plain-text.ts";

/** A stamp as a document says it: `Edda Lund, 24 Nov 2026, 10:41 UTC`. */
export function stampInWords({ at, by }: Stamp): string {
  return `${oneLine(by.name)}, ${minuteInWords(at)}`;
}

/** The evidence of an item, oldest first. */
export function evidenceOf({ evidence }: Deployment, itemKey: string): readonly Evidence[] {
  return evidence.filter((entry) => entry.itemKey === itemKey);
}

/** What a piece of evidence is, with the address or digest by which it is found again. */
export function evidenceLine({ content }: Evidence): string {
  const words = oneLine(evidenceInWords(content));
  switch (content.kind) {
    case "note":
      return `note: ${oneLine(content.text)}`;
    case "link":
      return `${words}: ${oneLine(content.url)}`;
    case "file":
      return `${words}, SHA-256 ${content.sha256}`;
    case "check": {
      const report = content.report === null ? "" : `; report SHA-256 ${content.report.sha256}`;
      return `${words} (${oneLine(content.summary)})${report}`;
    }
    default:
      return words;
  }
}

/** How the signer showed who they are. */
export function proofInWords(proof: Approval["proof"]): string {
  return `${PROOF_TITLES[proof]}, given again at signing`;
}

/** Whoever signed, and for whom: `Sami for Gita`. */
export function signerInWords({ signed, standsInFor }: Approval): string {
  const signer = oneLine(signed.by.name);
  return standsInFor === null ? signer : `${signer} for ${oneLine(standsInFor.name)}`;
}

/** The decisions of a role that count, in the order in which they were given. */
export function decisionsOf({ approvals }: Deployment, role: string): readonly Approval[] {
  return approvals.filter((approval) => approval.role === role && approval.voided === null);
}
