"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";

const CreateTokenDialog = dynamic(() => import("./create-token-dialog.tsx"));

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
