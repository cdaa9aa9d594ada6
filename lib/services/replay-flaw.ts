import type { Deployment } from "#lib/domain/deployment.ts";
import type { DeploymentEvent } from "#lib/domain/events.ts";
import { evolve, open } from "#lib/domain/evolve.ts";
import { statusOf, summarize } from "#lib/domain/status.ts";
import type { Flaw } from "#lib/db/chain-flaw.ts";
import { passkeyProblems } from "#lib/proof/bundle-signatures.ts";
import { canonicalText, sha256 } from "#lib/proof/canonical-json.ts";
import { textsSignedBy } from "./signed-texts.ts";

/**
 * The first event of a record that tells nothing that can be replayed, or is a signature over another
 * content than the record had at that moment, or whose passkey's answer does not fit it or was given to
 * another signature; null when all hold.
 */
export function replayFlaw(id: string, events: readonly DeploymentEvent[]): Flaw | null {
  const problemOf = passkeyProblems(id);
  let deployment: Deployment | null = null;
  for (const event of events) {
    const step = follow(id, deployment, event);
    const message = step === null ? "it tells nothing that a record could have done" : wrong(event, step);
    if (message !== null) return { stream: id, seq: event.seq, message };
    deployment = step?.after ?? null;
  }
  return null;

  function wrong(event: DeploymentEvent, { signed }: Step): string | null {
    if (signed === undefined || !("digest" in event.data)) return null;
    if (event.data.digest !== sha256(signed)) return "it signs another content than the record had";
    return problemOf(event);
  }
}

type Step = { readonly after: Deployment; readonly signed: string | undefined };

// Whoever writes events by hand may write what no rule would: that is the event's flaw, and no fault of ours.
function follow(id: string, before: Deployment | null, event: DeploymentEvent): Step | null {
  try {
    if (before === null)
      return event.type === "deployment.opened" ? { after: open(id, event), signed: undefined } : null;
    const after = evolve(before, event);
    canonicalText({ status: statusOf(after), summary: summarize(after) });
    return { after, signed: textsSignedBy(event, before).at(-1) };
  } catch {
    return null;
  }
}
