import type { Deployment } from "#lib/domain/deployment.ts";
import type { DeploymentEvent } from "#lib/domain/events.ts";
import { evolve, open } from "#lib/domain/evolve.ts";
import { statusOf, summarize } from "#lib/domain/status.ts";
import type { Flaw } from "#lib/db/chain-flaw.ts";
import { passkeyProblems } from "#lib/proof/bundle-signatures.ts";
import { sha256 } from "#lib/proof/canonical-json.ts";
import { textsSignedBy } from "./signed-texts.ts";
import { unvoidedChanges } from "./standing-content.ts";

/**
 * The record that its events make; or the first of them that tells nothing that can be replayed, or is a
 * signature over another content than the record had at that moment, or whose passkey's answer does not
 * fit it or was given to another signature, or leaves approvals standing over what they did not sign.
 */
export function checkedReplay(
  id: string,
  events: readonly DeploymentEvent[],
): { readonly replayed: Deployment } | { readonly flaw: Flaw } {
  const problemOf = passkeyProblems(id);
  const unvoidedBy = unvoidedChanges();
  let replayed: Deployment | null = null;
  for (const [index, event] of events.entries()) {
    const step = follow(id, replayed, event, { isLast: index === events.length - 1, unvoidedBy });
    const message = step === null ? NONSENSE : wrong(event, step);
    if (step === null || message !== null)
      return { flaw: { stream: id, seq: event.seq, message: message ?? NONSENSE } };
    const { after, unvoided } = step;
    if (unvoided !== null) return { flaw: { stream: id, seq: unvoided.seq, message: UNVOIDED } };
    replayed = after;
  }
  return replayed === null ? { flaw: { stream: id, seq: 1, message: NONSENSE } } : { replayed };

  function wrong(event: DeploymentEvent, { signed }: Step): string | null {
    if (signed === undefined || !("digest" in event.data)) return null;
    if (event.data.digest !== sha256(signed)) return "it signs another content than the record had";
    return problemOf(event);
  }
}

const UNVOIDED = "it leaves approvals standing over content that they did not sign";
const NONSENSE = "it tells nothing that a record could have done";

type Step = {
  readonly after: Deployment;
  readonly signed: string | undefined;
  readonly unvoided: DeploymentEvent | null;
};

type Following = { readonly isLast: boolean; readonly unvoidedBy: ReturnType<typeof unvoidedChanges> };

// Whoever writes events by hand may write what no rule would: that is the event's flaw, and no fault of ours.
function follow(
  id: string,
  before: Deployment | null,
  event: DeploymentEvent,
  { isLast, unvoidedBy }: Following,
): Step | null {
  try {
    if (before === null)
      return event.type === "deployment.opened"
        ? { after: open(id, event), signed: undefined, unvoided: null }
        : null;
    const after = evolve(before, event);
    if (isLast) {
      // What the board says of it is asked next, and throws for no other reason either.
      statusOf(after);
      summarize(after);
    }
    const signed = textsSignedBy(event, before).at(-1);
    return { after, signed, unvoided: unvoidedBy({ event, before, after, isLast }) };
  } catch {
    return null;
  }
}
