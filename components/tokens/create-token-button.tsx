"use client";

import { later } from "#components/ui/later.tsx";
import { useState } from "react";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";

const CreateTokenDialog = later(() => import("./create-token-dialog.tsx"));

export function CreateTokenButton({ choices }: { choices: ProofChoices }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        <Icon name="plus" />
        Make a token
      </Button>
      {open && <CreateTokenDialog choices={choices} onClose={() => setOpen(false)} />}
    </>
  );
}
