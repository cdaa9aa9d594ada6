import type { Deployment } from "#lib/domain/deployment.ts";
import { signedContent } from "#lib/domain/signed-content.ts";
import { canonicalText, sha256 } from "#lib/proof/canonical-json.ts";

/** SHA-256, in hex, of what an approval of this record signs now (rule 4). */
export function contentDigest(deployment: Deployment): string {
  return sha256(canonicalText(signedContent(deployment)));
}
