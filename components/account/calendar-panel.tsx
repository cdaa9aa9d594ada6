"use client";

import { useState } from "react";
import { makeCalendarAddressAction, revokeCalendarAddressAction } from "#lib/actions/account.ts";
import type { AccountView } from "#lib/queries/view-account.ts";
import { useStepUp } from "#components/proof/step-up.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Panel, PanelBody, PanelHeader } from "#components/ui/panel.tsx";
import { ShownOnce } from "#components/ui/shown-once.tsx";
import { Time } from "#components/ui/time.tsx";

const input = () => ({ confirmed: true });

/** The address at which one's calendar program reads the deployments that one may see. */
export function CalendarPanel({ account, now }: { account: AccountView; now: string }) {
  const { run, pending, dialogs } = useStepUp(account.choices);
  const [token, setToken] = useState<string | null>(null);
  const { calendar } = account;
  return (
    <Panel aria-labelledby="calendar">
      <PanelHeader
        id="calendar"
        title="Calendar"
        description="A secret address for your calendar program: the deployments that you may see, a month back and half a year ahead."
        actions={
          <>
            <Button pending={pending} onClick={() => run(makeCalendarAddressAction, input, setToken)}>
              {calendar === null ? "Make an address" : "Make another address"}
            </Button>
            {calendar !== null && (
              <Button pending={pending} onClick={() => run(revokeCalendarAddressAction, input)}>
                Revoke it
              </Button>
            )}
          </>
        }
      />
      <PanelBody className="text-ink-muted">
        {calendar === null ? (
          "You have none."
        ) : (
          <>
            Made <Time at={calendar.since} now={now} />,{" "}
            {calendar.lastUsedAt === null ? (
              "never read since"
            ) : (
              <>
                last read <Time at={calendar.lastUsedAt} now={now} />
              </>
            )}
            . Another one makes this worthless.
          </>
        )}
      </PanelBody>
      {token !== null && (
        <Dialog open onOpenChange={() => setToken(null)} title="Your calendar address">
          <ShownOnce
            value={`${window.location.origin}/api/calendar/${token}.ics`}
            label="address"
            onClose={() => setToken(null)}
          >
            Subscribe to it in your calendar program. Whoever has it reads what you may see.
          </ShownOnce>
        </Dialog>
      )}
      {dialogs}
    </Panel>
  );
}
