import type { ProofState } from "#lib/queries/proof-state.ts";
import type { VerificationView } from "#lib/queries/list-verifications.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Time } from "#components/ui/time.tsx";
import { type Tone, toneText } from "#components/ui/tone.ts";

type ProofLineProps = {
  readonly state: ProofState;
  /** The newest verification that is over. */
  readonly verified: VerificationView | undefined;
  readonly now: string;
};

/** How the proof of what is listed below stands, in a line that leads to all of it. */
export function ProofLine({ state: { checkpoint, lateSince }, verified, now }: ProofLineProps) {
  const broken = verified?.state === "broken" || lateSince !== null;
  const sound: Tone = verified?.state === "whole" ? "done" : "neutral";
  const tone = broken ? "blocked" : sound;
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-muted">
      <a
        href="/proof"
        className="inline-flex items-center gap-1.5 font-medium text-ink underline decoration-line-strong underline-offset-2"
      >
        <Icon name={broken ? "blocked" : "shield"} className={`size-4 ${toneText[tone]}`} />
        {wordsOf(verified, lateSince)}
      </a>
      {checkpoint !== null && (
        <span>
          {checkpoint.size.toLocaleString("en-GB")} events signed, last checkpoint{" "}
          <Time at={checkpoint.at} now={now} />
        </span>
      )}
      {verified?.finishedAt && (
        <span>
          verified <Time at={verified.finishedAt} now={now} />
        </span>
      )}
    </p>
  );
}

function wordsOf(verified: VerificationView | undefined, lateSince: string | null): string {
  if (verified?.state === "broken") return "The last verification found a flaw";
  if (lateSince !== null) return "Signing has stopped";
  return verified?.state === "whole" ? "Whole" : "Signed, not verified yet";
}
