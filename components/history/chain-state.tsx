import type { ChainState } from "#lib/queries/chain-state.ts";
import { Notice } from "#components/ui/notice.tsx";

/** The state of the chain in words, checked anew for this very page. */
export function ChainStateNotice({ state }: { state: ChainState }) {
  if (state.flaw !== null) {
    return (
      <Notice tone="blocked" announce title="The history has been tampered with">
        Event {state.flaw.seq}: {state.flaw.message}.
      </Notice>
    );
  }
  return (
    <Notice tone="done" icon="shield" title={`The chain is whole: ${state.events} events, checked just now`}>
      Every event carries the hash of the one before; the last is{" "}
      <span className="font-mono text-sm break-all">{state.head?.slice(0, 16)}…</span>
    </Notice>
  );
}
