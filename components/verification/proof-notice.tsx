import type { ProofState } from "#lib/queries/proof-state.ts";
import { Notice } from "#components/ui/notice.tsx";
import { Time } from "#components/ui/time.tsx";
import { plural } from "#components/ui/plural.ts";
import { proofStanding } from "./proof-standing.ts";

type ProofNoticeProps = {
  readonly state: ProofState;
  readonly now: string;
};

/** How much of the history is signed and verified, in the sentence that the history has for it too. */
export function ProofNotice({ state, now }: ProofNoticeProps) {
  const { tone, words } = proofStanding(state, now);
  return (
    <Notice tone={tone} icon={tone === "blocked" ? undefined : "shield"} title={words}>
      <Details state={state} now={now} />
    </Notice>
  );
}

function Details({ state: { checkpoint, waiting, lateSince, verified }, now }: ProofNoticeProps) {
  if (lateSince !== null) {
    return (
      <>
        The first has been waiting since <Time at={lateSince} now={now} exact />; it should take a minute.
        Either no worker runs, or the database no longer continues what was signed or delivered last. The
        worker’s log says which.
      </>
    );
  }
  if (checkpoint === null) return "The first checkpoint comes within a minute of the first event.";
  return (
    <>
      Last checkpoint <Time at={checkpoint.at} now={now} />
      {waiting > 0 && `, ${plural(waiting, "event")} waiting for the next, within a minute`}
      {verified === null ? (
        ". Everything is verified once an hour, or now, below."
      ) : (
        <>
          ; verified <Time at={verified.at} now={now} />.
        </>
      )}
    </>
  );
}
