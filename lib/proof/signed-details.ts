import type { BundleFlaw, OpenedEvent } from "./bundle-flaw.ts";
import type { BundleManifest } from "./bundle-manifest.ts";
import { textIn } from "./assertion-flaw.ts";
import { canonicalText } from "./canonical-json.ts";
import { field, isSignature, parsed } from "./bundle-signatures.ts";

type Members = Readonly<Record<string, unknown>>;

/**
 * The first signature over other details (version, commit, environment and the rest, but for links) than
 * the record had then, or change of them that left an approval standing; null when there is none.
 */
export function signedDetailsFlaw(
  { signed }: Pick<BundleManifest, "signed">,
  events: readonly OpenedEvent[],
): BundleFlaw | null {
  let details = members(field(events[0]?.data, "details")) ?? {};
  let isStanding = false;
  for (const [index, event] of events.entries()) {
    const { type, seq, data } = event;
    if (isSignature(event) && !isSame(signedDetails(signed, event), details))
      return flawAt(seq, "it signs other details than the record had");
    if (type === "approval.granted") isStanding = true;
    if (type === "sign-off.voided" || type === "rejection.answered") isStanding = false;
    if (type !== "deployment.details-changed") continue;
    const to = members(field(data, "to")) ?? {};
    const isVoiding = events[index + 1]?.type === "sign-off.voided";
    if (isStanding && !isVoiding && Object.keys(to).some((name) => name !== "links"))
      return flawAt(seq, "it leaves approvals standing over details that they did not sign");
    details = { ...details, ...to };
  }
  return null;
}

/** The details in the text that a signature covers; null when they are not there. */
export function signedDetails(
  signed: BundleManifest["signed"],
  { type, data }: Pick<OpenedEvent, "type" | "data">,
): Members | null {
  const read = (digest: string | undefined) =>
    parsed(signed.findLast((each) => each.digest === digest)?.text);
  const content = read(textIn(data, "digest"));
  const whole = type === "break-glass.confirmed" ? read(textIn(content, "content")) : content;
  return members(field(field(whole, "deployment"), "details"));
}

function isSame(signed: Members | null, details: Members): boolean {
  try {
    return signed !== null && canonicalText(withoutLinks(signed)) === canonicalText(withoutLinks(details));
  } catch {
    // A number that no program can hold: the record has none such.
    return false;
  }
}

function withoutLinks(details: Members): Members {
  return Object.fromEntries(Object.entries(details).filter(([name]) => name !== "links"));
}

function members(value: unknown): Members | null {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? Object.fromEntries(Object.entries(value)) : null;
}

function flawAt(seq: number, message: string): BundleFlaw {
  return { code: "signed-content", seq, message };
}
