"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { recordLookAction } from "#lib/actions/looks.ts";
import type { ChangesSinceLook } from "#lib/queries/changes-since-look.ts";
import type { EventView } from "#lib/queries/event-view.ts";
import { callAction } from "#components/forms/call-action.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Panel, PanelBody, PanelHeader } from "#components/ui/panel.tsx";
import { Time } from "#components/ui/time.tsx";
import { useDeployment } from "./use-deployment.ts";

/** What others did since this person's last visit, so that nobody signs what they believe to know. */
export function ChangesSinceLookPanel({ changes }: { changes: ChangesSinceLook }) {
  const { id, revision, now } = useDeployment();
  const router = useRouter();
  const [first] = useState(revision);
  useEffect(() => {
    void callAction(recordLookAction, { deploymentId: id, seq: revision });
    if (revision !== first) router.refresh();
  }, [id, revision, first, router]);
  if (changes.since === null) return null;
  const { events } = changes;
  return (
    <Panel aria-labelledby="since-look">
      <PanelHeader
        id="since-look"
        title="Since your last look"
        description={<Time at={changes.since} now={now} exact />}
      />
      <PanelBody className="grid gap-3">
        {events.length === 0 ? (
          <p className="text-ink-muted">Nothing has changed.</p>
        ) : (
          <>
            <p className="flex flex-wrap gap-1.5">
              {countsOf(events).map(([title, count]) => (
                <Badge key={title}>
                  {count} {title}
                </Badge>
              ))}
            </p>
            <ul
              className="max-h-80 divide-y divide-line overflow-y-auto rounded-md border border-line"
              tabIndex={0}
              aria-label="Changes"
            >
              {events.map((event) => (
                <li key={event.seq} className="px-3 py-1.5">
                  {event.actor.name} {event.predicate}{" "}
                  <Time at={event.at} now={now} className="text-sm text-ink-faint" />
                  {event.remark !== null && <p className="text-sm text-ink-muted">“{event.remark}”</p>}
                </li>
              ))}
            </ul>
            {changes.more && <p className="text-sm text-ink-faint">Older changes stand in the history.</p>}
          </>
        )}
      </PanelBody>
    </Panel>
  );
}

const KINDS: readonly (readonly [title: string, prefixes: readonly string[]])[] = [
  ["ticked", ["item.checked"]],
  ["unticked", ["item.unchecked", "item.waiver-withdrawn"]],
  ["not applicable", ["item.waived"]],
  ["evidence added", ["evidence.added"]],
  ["overruled", ["verdict.overruled"]],
  ["details changed", ["deployment.details-changed"]],
  ["signatures", ["approval.", "sign-off.", "rejection."]],
  ["phases", ["phase."]],
  ["break glass", ["break-glass."]],
];

function countsOf(events: readonly EventView[]): readonly (readonly [string, number])[] {
  return KINDS.map(
    ([title, prefixes]) =>
      [
        title,
        events.filter(({ type }) => prefixes.some((prefix) => type.startsWith(prefix))).length,
      ] as const,
  ).filter(([, count]) => count > 0);
}
