import type { ProofState } from "#lib/queries/proof-state.ts";
import type { VerificationView } from "#lib/queries/list-verifications.ts";
import { Notice } from "#components/ui/notice.tsx";
import { Time } from "#components/ui/time.tsx";
import { plural } from "./plural.ts";
import { lastResultOf, proofStanding } from "./proof-standing.ts";

type ProofNoticeProps = {
  readonly state: ProofState;
  readonly runs: readonly VerificationView[];
  readonly now: string;
};

/** How much of the history is signed and verified, in the sentence that the history has for it too. */
export function ProofNotice({ state, runs, now }: ProofNoticeProps) {
  const { tone, words } = proofStanding(state, runs);
  return (
    <Notice tone={tone} icon={tone === "blocked" ? undefined : "shield"} title={words}>
      <Details state={state} verifiedAt={lastResultOf(runs)?.finishedAt ?? null} now={now} />
    </Notice>
  );
}

type DetailsProps = Pick<ProofNoticeProps, "state" | "now"> & { readonly verifiedAt: string | null };

function Details({ state: { checkpoint, waiting, lateSince }, verifiedAt, now }: DetailsProps) {
  if (lateSince !== null) {
    return (
      <>
        The first has been waiting since <Time at={lateSince} now={now} exact />; it should take a minute.
        Either no worker runs, or the database no longer continues what was signed last. The worker’s log says
        which.
      </>
    );
  }
  if (checkpoint === null) return "The first checkpoint comes within a minute of the first event.";
  return (
    <>
      Last checkpoint <Time at={checkpoint.at} now={now} />
      {waiting > 0 && `, ${plural(waiting, "event")} waiting for the next, within a minute`}
      {verifiedAt === null ? (
        ". Everything is verified once an hour, or now, below."
      ) : (
        <>
          ; verified <Time at={verifiedAt} now={now} />.
        </>
      )}
    </>
  );
}
