import type { AccessView } from "#lib/queries/list-accesses.ts";
import { LogDays, LogLine, type LogLook } from "./log-days.tsx";

/** Who looked at what, as sentences. */
export function AccessLines({ accesses }: { accesses: readonly AccessView[] }) {
  return (
    <LogDays entries={accesses} keyOf={({ id }) => id}>
      {({ at, who, act, subject, deployment }) => (
        <LogLine
          at={at}
          look={LOOKS[act]}
          aside={
            deployment !== null && (
              <a
                href={`/deployments/${deployment.id}`}
                className="underline decoration-line-strong underline-offset-2"
              >
                {deployment.title}
              </a>
            )
          }
        >
          <b className="font-medium">{who}</b> {sentenceOf(act, subject, deployment !== null)}
        </LogLine>
      )}
    </LogDays>
  );
}

// A subject is kept as the app named it when it was read: `record`, `history`, `type “approval.”`.
function sentenceOf(act: AccessView["act"], subject: string, ofRecord: boolean): string {
  if (subject === "live stream") return "opened the live stream of changes";
  if (act !== "searched") return `${act} ${ofRecord ? `the ${subject}` : subject}`;
  return subject === "everything" ? "searched all of the history" : `searched the history for ${subject}`;
}

const LOOKS: Readonly<Record<AccessView["act"], LogLook>> = {
  opened: { icon: "eye", tone: "neutral" },
  searched: { icon: "search", tone: "neutral" },
  exported: { icon: "download", tone: "waiting" },
};
