import type { ChainState } from "#lib/queries/chain-state.ts";
import { formatMoment } from "#components/clock/format-clock.ts";
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
  if (state.stone !== null) {
    const { seq, at, policy } = state.stone;
    return (
      <Notice
        tone="void"
        icon="shield"
        title={`Content removed on ${formatMoment(Date.parse(at))}, stone ${seq}; hashes intact`}
      >
        {state.events} events, checked just now. {policy === "by-hand" ? "An admin" : "The clock"} removed
        what they said after the retention span; each keeps its hash, and the last is{" "}
        <span className="font-mono text-sm break-all">{state.head?.slice(0, 16)}…</span>
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
