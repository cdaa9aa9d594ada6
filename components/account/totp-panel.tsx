"use client";

import type { NewTotp } from "#lib/domain/ceremonies.ts";
import { later } from "#components/ui/later.tsx";
import { useState } from "react";
import { beginTotpAction, removeTotpAction } from "#lib/actions/account.ts";
import type { AccountView } from "#lib/queries/view-account.ts";
import { useStepUp } from "#components/proof/step-up.tsx";
import { Button } from "#components/ui/button.tsx";
import { Panel, PanelBody, PanelHeader } from "#components/ui/panel.tsx";
import { Time } from "#components/ui/time.tsx";

const TotpDialog = later(() => import("./totp-dialog.tsx"));

/** One-time codes from an app, for whoever has no passkey at hand. */
export function TotpPanel({ account, now }: { account: AccountView; now: string }) {
  const { run, pending, dialogs } = useStepUp(account.choices);
  const [fresh, setFresh] = useState<NewTotp | null>(null);
  const { totp } = account;
  return (
    <Panel aria-labelledby="totp">
      <PanelHeader
        id="totp"
        title="One-time codes"
        description="Six digits from an authenticator app, beside your password: the fall-back where no passkey is at hand."
        actions={
          totp === null ? (
            <Button
              pending={pending}
              onClick={() => run(beginTotpAction, () => ({ confirmed: true }), setFresh)}
            >
              Set up one-time codes
            </Button>
          ) : (
            <Button pending={pending} onClick={() => run(removeTotpAction, () => ({ confirmed: true }))}>
              Remove one-time codes
            </Button>
          )
        }
      />
      <PanelBody className="text-ink-muted">
        {totp === null ? (
          "Not set up."
        ) : (
          <>
            Set up <Time at={totp.since} now={now} />,{" "}
            {totp.lastUsedAt === null ? (
              "never used since"
            ) : (
              <>
                last used <Time at={totp.lastUsedAt} now={now} />
              </>
            )}
            .
          </>
        )}
      </PanelBody>
      {fresh !== null && <TotpDialog fresh={fresh} onClose={() => setFresh(null)} />}
      {dialogs}
    </Panel>
  );
}
