"use client";

import { useState } from "react";
import { makeRecoveryCodesAction } from "#lib/actions/account.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import { useStepUp } from "#components/proof/step-up.tsx";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Panel, PanelBody, PanelHeader } from "#components/ui/panel.tsx";

/** Codes for the day when the device is gone: how many are left, and the way to make new ones. */
export function RecoveryCodesPanel({ choices }: { choices: ProofChoices }) {
  const { run, pending, dialogs } = useStepUp(choices);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const hasFactor = choices.passkeySites.length > 0 || choices.totp;
  const { recoveryCodes: left } = choices;
  return (
    <Panel aria-labelledby="recovery-codes">
      <PanelHeader
        id="recovery-codes"
        title="Recovery codes"
        description="Each stands in for the second factor once, when your device is gone."
        actions={
          <Button
            pending={pending}
            disabledReason={hasFactor ? undefined : "Set up a passkey or one-time codes first"}
            onClick={() => run(makeRecoveryCodesAction, () => ({ confirmed: true }), setCodes)}
          >
            Make new codes
          </Button>
        }
      />
      <PanelBody className="text-ink-muted">
        {left > 0 && `${left} left. New ones make these worthless.`}
        {left === 0 && (hasFactor ? "You have none." : "None yet: set up a passkey or one-time codes first.")}
      </PanelBody>
      {codes !== null && <NewCodes codes={codes} onClose={() => setCodes(null)} />}
      {dialogs}
    </Panel>
  );
}

function NewCodes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  return (
    <Dialog open onOpenChange={onClose} title="Your new recovery codes">
      <div className="grid gap-4">
        <Notice tone="attention" announce title="Keep them now: they are not shown again.">
          Print them, or put them where your device is not.
        </Notice>
        <ul className="grid grid-cols-1 gap-x-6 gap-y-1 rounded-md border border-line bg-sunken px-3 py-2 font-mono text-sm sm:grid-cols-2">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <p>
          <CopyButton value={codes.join("\n")} shown="Copy all" label="recovery codes" />
        </p>
        <DialogActions>
          <Button variant="primary" onClick={onClose}>
            I have kept them
          </Button>
        </DialogActions>
      </div>
    </Dialog>
  );
}
