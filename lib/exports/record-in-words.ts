import type { Approval, Deployment, Stamp } from "#lib/domain/deployment.ts";
import type { Evidence } from "#lib/domain/evidence.ts";
import { PROOF_TITLES } from "#lib/domain/proof.ts";
import { evidenceInWords } from "#lib/domain/evidence-in-words.ts";
import { minuteInWords } from "#lib/domain/time.ts";
import { oneLine, quoted } from "#lib/domain/plain-text.ts";

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
  switch (content.kind) {
    case "note":
      return `note: ${quoted(content.text)}`;
    case "link": {
      const title = content.title === null ? "" : ` ${quoted(content.title)}`;
      return `link${title}: ${withoutSpaces(content.url)}`;
    }
    case "file":
      return `file ${quoted(content.name)}, SHA-256 ${content.sha256}`;
    case "check": {
      const report = content.report === null ? "" : `; report SHA-256 ${content.report.sha256}`;
      return `${oneLine(evidenceInWords(content))}: ${quoted(content.summary)}${report}`;
    }
    default:
      return oneLine(evidenceInWords(content));
  }
}

// An address may be typed with words in it; it leads to the same place with their spaces as browsers send them.
function withoutSpaces(address: string): string {
  return oneLine(address).replaceAll(" ", "%20");
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
