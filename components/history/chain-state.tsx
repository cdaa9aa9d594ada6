import type { ChainState } from "#lib/queries/chain-state.ts";
import { formatMoment } from "#components/clock/format-clock.ts";
import { Icon } from "#components/ui/icon.tsx";
import { VisuallyHidden } from "#components/ui/visually-hidden.tsx";
import { plural } from "#components/ui/plural.ts";
import { Notice } from "#components/ui/notice.tsx";

type ChainStateLineProps = {
  readonly state: ChainState;
  /** Where more than the chain is verified, for whoever may. */
  readonly verify: string | null;
};

/** The state of the chain in words, checked anew for this very page; one line while nothing is wrong. */
export function ChainStateLine({ state, verify }: ChainStateLineProps) {
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
        title={`Content removed on ${formatMoment(Date.parse(at))}, removal record ${seq}; hashes intact`}
      >
        {plural(state.events, "event")}, checked just now. {policy === "by-hand" ? "An admin" : "Retention"}{" "}
        removed what they said after the time that it is kept; each keeps its hash, and the last is{" "}
        <span className="font-mono text-sm break-all">{state.head?.slice(0, 16)}…</span>
      </Notice>
    );
  }
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-muted">
      <span className="inline-flex items-center gap-1.5 font-medium text-done-text">
        <Icon name="shield" className="size-4" />
        Whole: {plural(state.events, "event")}, every hash checked just now
      </span>
      {verify !== null && (
        <a href={verify} className="touch-target underline decoration-line-strong underline-offset-2">
          Verify
          <VisuallyHidden> tables, files and signatures too</VisuallyHidden>
        </a>
      )}
    </p>
  );
}
