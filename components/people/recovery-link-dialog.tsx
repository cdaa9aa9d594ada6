"use client";

import { useState } from "react";
import { makeRecoveryLinkAction } from "#lib/actions/recovery.ts";
import type { PersonView } from "#lib/queries/list-people.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import { useStepUp } from "#components/proof/step-up.tsx";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Choice } from "#components/ui/choice.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { ShownOnce } from "#components/ui/shown-once.tsx";

type RecoveryLinkDialogProps = {
  readonly person: PersonView;
  readonly choices: ProofChoices;
  readonly onClose: () => void;
};

/** Makes a one-time link for somebody who cannot come in any more, and shows it this once. */
export default function RecoveryLinkDialog({ person, choices, onClose }: RecoveryLinkDialogProps) {
  const { run, pending, dialogs } = useStepUp(choices);
  const [link, setLink] = useState<string | null>(null);
  const [dropsFactors, setDropsFactors] = useState(false);
  const make = async () =>
    run(
      makeRecoveryLinkAction,
      () => ({ personId: person.id, dropsFactors }),
      (token) => setLink(`${window.location.origin}/recover#${token}`),
    );
  return (
    <>
      <Dialog
        open
        onOpenChange={onClose}
        title={`Let ${person.name} back in`}
        description="A link with which they set a new password: good once, for 24 hours. It ends their sessions, and stands in the history."
      >
        {link === null ? (
          <div className="grid gap-4">
            <Choice
              label="Take their second factors away"
              hint="Only when they lost them all: whoever has the link then needs nothing else."
              control={(ids) => (
                <Checkbox
                  {...ids}
                  checked={dropsFactors}
                  onChange={(event) => setDropsFactors(event.target.checked)}
                />
              )}
            />
            <DialogActions onCancel={onClose} pending={pending}>
              <Button variant="primary" pending={pending} onClick={make}>
                Make the link
              </Button>
            </DialogActions>
          </div>
        ) : (
          <ShownOnce value={link} label="link" onClose={onClose}>
            Hand it over by a way on which you know that it is them.
          </ShownOnce>
        )}
      </Dialog>
      {dialogs}
    </>
  );
}
