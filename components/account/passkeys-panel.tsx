"use client";

import { useState } from "react";
import { addPasskeyAction, askToEnrolAction, removePasskeyAction } from "#lib/actions/account.ts";
import type { AccountView } from "#lib/queries/view-account.ts";
import { makePasskey } from "#components/proof/passkey-ceremony.ts";
import { useStepUp } from "#components/proof/step-up.tsx";
import { usePasskeySite } from "#components/proof/use-passkey-site.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Panel, PanelBody, PanelHeader } from "#components/ui/panel.tsx";
import { Time } from "#components/ui/time.tsx";

/** The passkeys of whoever looks: their names, and the ways to add and remove one. */
export function PasskeysPanel({ account, now }: { account: AccountView; now: string }) {
  const { run, pending, dialogs } = useStepUp(account.choices);
  const { passkeys, passkeyOrigins } = account;
  return (
    <Panel aria-labelledby="passkeys">
      <PanelHeader
        id="passkeys"
        title="Passkeys"
        description="A key in your device or password manager. It signs you in and signs approvals, and cannot be typed into a forged page."
      />
      <ul className="divide-y divide-line">
        {passkeys.map(({ id, name, site, synced, createdAt, lastUsedAt }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
            <div className="min-w-0 grow">
              <p className="font-medium">
                {name} {synced && <Badge>synced</Badge>}
              </p>
              <p className="text-sm text-ink-faint">
                for {site}, added <Time at={createdAt} now={now} />,{" "}
                {lastUsedAt === null ? (
                  "never used"
                ) : (
                  <>
                    last used <Time at={lastUsedAt} now={now} />
                  </>
                )}
              </p>
            </div>
            <Button
              size="sm"
              pending={pending}
              aria-label={`Remove the passkey ${name}`}
              onClick={() => run(removePasskeyAction, () => ({ passkeyId: id }))}
            >
              Remove
            </Button>
          </li>
        ))}
        {passkeys.length === 0 && <li className="px-4 py-3 text-ink-muted">You have no passkey.</li>}
      </ul>
      <PanelBody className="border-t border-line">
        <AddPasskey
          origins={passkeyOrigins}
          pending={pending}
          onAdd={(name, onDone) =>
            run(addPasskeyAction, async () => ({ name, ...(await makePasskey(askToEnrolAction)) }), onDone)
          }
        />
      </PanelBody>
      {dialogs}
    </Panel>
  );
}

type AddPasskeyProps = {
  readonly origins: readonly string[];
  readonly pending: boolean;
  readonly onAdd: (name: string, onDone: () => void) => Promise<void>;
};

// Browsers know passkeys by the site's name, so a bare address such as 127.0.0.1 can have none.
function AddPasskey({ origins, pending, onAdd }: AddPasskeyProps) {
  const [name, setName] = useState("");
  const site = usePasskeySite();
  if (site !== null && !origins.some((origin) => new URL(origin).hostname === site)) {
    return (
      <Notice title={`Passkeys do not work under ${site}`}>
        {origins.length === 0 ? (
          "Browsers take them over https, or on localhost. Whoever runs this installation can give it a name."
        ) : (
          <>
            A passkey belongs to a name, not to a bare address. Open{" "}
            {origins.map((origin) => (
              <a key={origin} href={`${origin}/account`} className="font-mono underline">
                {origin}
              </a>
            ))}{" "}
            and sign in there.
          </>
        )}
      </Notice>
    );
  }
  return (
    <form
      className="flex flex-wrap items-end gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) void onAdd(name.trim() === "" ? "Passkey" : name, () => setName(""));
      }}
    >
      <Field label="Name of the new passkey" className="grow">
        {(control) => (
          <Input
            {...control}
            value={name}
            maxLength={100}
            autoComplete="off"
            placeholder="Work laptop"
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" variant="primary" pending={pending}>
        Add a passkey
      </Button>
    </form>
  );
}
