import type { Deployment } from "#lib/domain/deployment.ts";
import type { DeploymentEvent } from "#lib/domain/events.ts";
import { evolve, open } from "#lib/domain/evolve.ts";
import { statusOf, summarize } from "#lib/domain/status.ts";
import type { Flaw } from "#lib/db/chain-flaw.ts";
import { passkeyProblems } from "#lib/proof/bundle-signatures.ts";
import { sha256 } from "#lib/proof/canonical-json.ts";
import { textsSignedBy } from "./signed-texts.ts";

/**
 * The record that its events make; or the first of them that tells nothing that can be replayed, or is a
 * signature over another content than the record had at that moment, or whose passkey's answer does not
 * fit it or was given to another signature.
 */
export function checkedReplay(
  id: string,
  events: readonly DeploymentEvent[],
): { readonly replayed: Deployment } | { readonly flaw: Flaw } {
  const problemOf = passkeyProblems(id);
  let replayed: Deployment | null = null;
  for (const [index, event] of events.entries()) {
    const step = follow(id, replayed, event, index === events.length - 1);
    const message = step === null ? NONSENSE : wrong(event, step);
    if (step === null || message !== null)
      return { flaw: { stream: id, seq: event.seq, message: message ?? NONSENSE } };
    replayed = step.after;
  }
  return replayed === null ? { flaw: { stream: id, seq: 1, message: NONSENSE } } : { replayed };

  function wrong(event: DeploymentEvent, { signed }: Step): string | null {
    if (signed === undefined || !("digest" in event.data)) return null;
    if (event.data.digest !== sha256(signed)) return "it signs another content than the record had";
    return problemOf(event);
  }
}

const NONSENSE = "it tells nothing that a record could have done";

type Step = { readonly after: Deployment; readonly signed: string | undefined };

// Whoever writes events by hand may write what no rule would: that is the event's flaw, and no fault of ours.
function follow(id: string, before: Deployment | null, event: DeploymentEvent, isLast: boolean): Step | null {
  try {
    if (before === null)
      return event.type === "deployment.opened" ? { after: open(id, event), signed: undefined } : null;
    const after = evolve(before, event);
    if (isLast) {
      // What the board says of it is asked next, and throws for no other reason either.
      statusOf(after);
      summarize(after);
    }
    return { after, signed: textsSignedBy(event, before).at(-1) };
  } catch {
    return null;
  }
}
