import { field, members, type Members } from "./any-json.ts";
import type { BundleFlaw, OpenedEvent } from "./bundle-flaw.ts";
import { isSignature } from "./bundle-signatures.ts";
import { contentUnder, digestOfDetails, type SignedContents } from "./signed-contents.ts";

/**
 * The first signature over other details (version, commit, environment and the rest, but for links) than
 * the record had then, or change of them that left an approval standing; null when there is none.
 */
export function signedDetailsFlaw(
  contents: SignedContents,
  events: readonly OpenedEvent[],
): BundleFlaw | null {
  let details: Members = members(field(events[0]?.data, "details")) ?? {};
  let digest = digestOfDetails(details);
  let isStanding = false;
  for (const [index, event] of events.entries()) {
    const { type, seq, data } = event;
    if (isSignature(event) && (digest === null || contentUnder(contents, event)?.detailsDigest !== digest))
      return flawAt(seq, "it signs other details than the record had");
    if (type === "approval.granted") isStanding = true;
    if (type === "sign-off.voided" || type === "rejection.answered") isStanding = false;
    if (type !== "deployment.details-changed") continue;
    const to = members(field(data, "to")) ?? {};
    const isVoiding = events[index + 1]?.type === "sign-off.voided";
    if (isStanding && !isVoiding && Object.keys(to).some((name) => name !== "links"))
      return flawAt(seq, "it leaves approvals standing over details that they did not sign");
    details = { ...details, ...to };
    digest = digestOfDetails(details);
  }
  return null;
}

function flawAt(seq: number, message: string): BundleFlaw {
  return { code: "signed-content", seq, message };
}
