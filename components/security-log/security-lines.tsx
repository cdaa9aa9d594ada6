import type { SecurityEntryView } from "#lib/queries/list-security-log.ts";
import { LogDays, LogLine, type LogLook } from "#components/history/log-days.tsx";

/** The security log, as sentences: who, what, and from which address. */
export function SecurityLines({ entries }: { entries: readonly SecurityEntryView[] }) {
  return (
    <LogDays entries={entries} keyOf={({ id }) => id}>
      {({ at, kind, person, title, detail, address }) => (
        <LogLine
          at={at}
          look={lookOf(kind)}
          aside={address !== null && <span className="font-mono">{address}</span>}
        >
          <b className="font-medium">{person?.name ?? "Somebody unknown"}</b> {title}
          {detail !== null && <span className="text-ink-faint"> ({detail})</span>}
        </LogLine>
      )}
    </LogDays>
  );
}

function lookOf(kind: string): LogLook {
  return LOOKS.find(([start]) => kind.startsWith(start))?.[1] ?? { icon: "shield", tone: "neutral" };
}

const LOOKS: readonly (readonly [string, LogLook])[] = [
  ["sign-in.succeeded", { icon: "sign-in", tone: "neutral" }],
  ["sign-in.", { icon: "blocked", tone: "attention" }],
  ["session.", { icon: "sign-out", tone: "neutral" }],
  ["proof.renewed", { icon: "shield", tone: "neutral" }],
  ["proof.", { icon: "blocked", tone: "attention" }],
  ["access.refused", { icon: "lock", tone: "attention" }],
  ["recovery-link.refused", { icon: "blocked", tone: "attention" }],
  ["recovery-", { icon: "reopen", tone: "neutral" }],
  ["token.limited", { icon: "blocked", tone: "attention" }],
  ["set-up.refused", { icon: "blocked", tone: "attention" }],
  ["password.", { icon: "key", tone: "neutral" }],
  ["factor.", { icon: "key", tone: "neutral" }],
  ["token.", { icon: "key", tone: "neutral" }],
];
