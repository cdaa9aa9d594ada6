import type { ProofState } from "#lib/queries/proof-state.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Time } from "#components/ui/time.tsx";
import { toneIcon, toneText } from "#components/ui/tone.ts";
import { proofStanding } from "#components/verification/proof-standing.ts";

type ProofLineProps = {
  readonly state: ProofState;
  readonly now: string;
};

/** How the proof of what is listed below stands, in a line that leads to all of it. */
export function ProofLine({ state, now }: ProofLineProps) {
  const { tone, words } = proofStanding(state, now);
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-muted">
      <a
        href="/proof"
        className={`touch-target inline-flex items-center gap-1.5 font-medium underline underline-offset-2 ${toneText[tone]}`}
      >
        <Icon name={tone === "blocked" ? toneIcon.blocked : "shield"} className="size-4" />
        {words}
      </a>
      {state.checkpoint !== null && (
        <span>
          last checkpoint <Time at={state.checkpoint.at} now={now} />
        </span>
      )}
      {state.verified && (
        <span>
          verified <Time at={state.verified.at} now={now} />
        </span>
      )}
    </p>
  );
}
