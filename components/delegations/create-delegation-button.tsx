"use client";

import { later } from "#components/ui/later.tsx";
import { useState } from "react";
import type { DelegationChoice } from "#lib/queries/list-delegations.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";

const CreateDelegationDialog = later(() => import("./create-delegation-dialog.tsx"));

type CreateDelegationButtonProps = {
  readonly choices: readonly DelegationChoice[];
  readonly proofs: ProofChoices;
  readonly now: string;
};

export function CreateDelegationButton({ choices, proofs, now }: CreateDelegationButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Icon name="plus" />
        Name a stand-in
      </Button>
      {open && (
        <CreateDelegationDialog choices={choices} proofs={proofs} now={now} onClose={() => setOpen(false)} />
      )}
    </>
  );
}
