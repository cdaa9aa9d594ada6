import type { ProofState } from "#lib/queries/proof-state.ts";
import { Notice } from "#components/ui/notice.tsx";
import { Time } from "#components/ui/time.tsx";
import { plural } from "./plural.ts";

type ProofNoticeProps = Pick<ProofState, "checkpoint" | "waiting" | "lateSince"> & { readonly now: string };

/** How much of the history is signed, in a sentence. */
export function ProofNotice({ checkpoint, waiting, lateSince, now }: ProofNoticeProps) {
  if (lateSince !== null) {
    return (
      <Notice tone="blocked" title={`Signing has stopped: ${plural(waiting, "event")} not sealed`}>
        The first has been waiting since <Time at={lateSince} now={now} exact />; it should take a minute.
        Either no worker runs, or the database no longer continues what was signed last. The worker’s log says
        which.
      </Notice>
    );
  }
  if (checkpoint === null) {
    return (
      <Notice tone="attention" title="Nothing has been signed yet">
        The first checkpoint comes within a minute of the first event.
      </Notice>
    );
  }
  return (
    <Notice tone="done" icon="shield" title={`${plural(checkpoint.size, "event")} sealed and signed`}>
      Last checkpoint <Time at={checkpoint.at} now={now} />.{" "}
      {waiting === 0
        ? "Nothing waits."
        : `${plural(waiting, "event")} waiting for the next, within a minute.`}
    </Notice>
  );
}
