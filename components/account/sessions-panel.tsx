"use client";

import { endOtherSessionsAction, endOwnSessionAction } from "#lib/actions/account.ts";
import type { SessionView } from "#lib/queries/view-account.ts";
import { RefusalDialog } from "#components/forms/refusal-dialog.tsx";
import { usePageChange } from "#components/forms/use-page-change.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Panel, PanelHeader } from "#components/ui/panel.tsx";
import { Time } from "#components/ui/time.tsx";
import { browserOf } from "./browser-of.ts";

/** Where one is signed in; each can be ended from here, and is refused at its next request. */
export function SessionsPanel({ sessions, now }: { sessions: readonly SessionView[]; now: string }) {
  const { run, pending, failure, forget } = usePageChange();
  return (
    <Panel aria-labelledby="sessions">
      <PanelHeader
        id="sessions"
        title={sessions.length === 1 ? "1 session" : `${sessions.length} sessions`}
        description="Where you are signed in. A session ends by itself after twelve hours."
        actions={
          sessions.length > 1 && (
            <Button pending={pending} onClick={() => run(endOtherSessionsAction, { confirmed: true })}>
              End all others
            </Button>
          )
        }
      />
      <ul className="divide-y divide-line">
        {sessions.map(({ id, isThis, address, agent, proof, createdAt, lastSeenAt }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
            <div className="min-w-0 grow">
              <p className="font-medium" title={agent ?? undefined}>
                {browserOf(agent)} {isThis && <Badge tone="done">this one</Badge>}
              </p>
              <p className="text-sm text-ink-faint">
                from <span className="font-mono">{address ?? "an unknown address"}</span> by {proof}, since{" "}
                <Time at={createdAt} now={now} />, last seen <Time at={lastSeenAt} now={now} />
              </p>
            </div>
            {!isThis && (
              <Button
                size="sm"
                pending={pending}
                aria-label={`End the session of ${browserOf(agent)} from ${address ?? "an unknown address"}`}
                onClick={() => run(endOwnSessionAction, { sessionId: id })}
              >
                End
              </Button>
            )}
          </li>
        ))}
      </ul>
      <RefusalDialog failure={failure} onClose={forget} />
    </Panel>
  );
}
